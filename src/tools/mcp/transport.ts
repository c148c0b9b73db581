// Opens the way to one MCP server: a child process over stdio, or Streamable HTTP. Knows what the child last wrote to stderr.

import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { ToolServer } from '../manifest.ts';

export interface Way {
  transport: Transport;
  /** The last lines the child wrote to stderr; empty over HTTP. */
  lastWords(): string;
  /** Ends the connection and the child; safe to call again, resolves when it is done. */
  close(): Promise<void>;
}

/** Characters of stderr kept: enough for the end of a stack trace. */
const STDERR_LIMIT = 2000;
/** A server that does not answer the goodbye is left without one. */
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
  // The client closes a transport that failed without waiting for it; the one closing is shared, so that we can.
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
      // The session dies on the server's side too, only later.
    }
    clearTimeout(giveUp);
    await transport.close();
  };
  return {
    // Its `sessionId` is declared as possibly undefined, which exactOptionalPropertyTypes tells from absent.
    transport: transport as Transport,
    lastWords: () => '',
    close: () => {
      closing ??= end();
      return closing;
    },
  };
}
