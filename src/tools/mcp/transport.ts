// Opens the transport to one MCP server: a child process over stdio, or Streamable HTTP. Collects the child's stderr.

import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ToolServer } from '../manifest.ts';

export interface Way {
  transport: Transport;
  /** The last text that the child wrote to stderr; empty over HTTP. */
  lastWords(): string;
  /** Closes the connection and stops the child. Idempotent. */
  close(): Promise<void>;
}

/** In characters: enough for the end of a stack trace. */
const STDERR_LIMIT = 2000;
/** How long the server may take to end the session, in milliseconds. */
const GOODBYE_MS = 1000;

export function openWay({ reach }: ToolServer): Way {
  return reach.kind === 'stdio' ? stdioWay(reach) : httpWay(reach);
}

function stdioWay({ command, args, env }: Extract<ToolServer['reach'], { kind: 'stdio' }>): Way {
  // The SDK adds only HOME, LOGNAME, PATH, SHELL, TERM and USER of our environment to `env`.
  const transport = new StdioClientTransport({ command, args, env, stderr: 'pipe' });
  let words = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-STDERR_LIMIT);
  });
  // The SDK's client closes a failed transport without waiting for it. `close` is made idempotent, so that a second
  // call waits for the first.
  const end = transport.close.bind(transport);
  let closing: Promise<void> | undefined;
  transport.close = () => {
    closing ??= end();
    return closing;
  };
  return { transport: transport as Transport, lastWords: () => words.trim(), close: () => transport.close() };
}

function httpWay({ url, headers }: Extract<ToolServer['reach'], { kind: 'http' }>): Way {
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  let closing: Promise<void> | undefined;
  const end = async () => {
    const giveUp = setTimeout(() => void transport.close(), GOODBYE_MS);
    try {
      await transport.terminateSession();
    } catch {
      // The server lets the session expire by itself.
    }
    clearTimeout(giveUp);
    await transport.close();
  };
  return {
    // The cast is needed for exactOptionalPropertyTypes: the SDK declares `sessionId` as possibly undefined.
    transport: transport as Transport,
    lastWords: () => '',
    close: () => {
      closing ??= end();
      return closing;
    },
  };
}
