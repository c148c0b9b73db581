// The client of all MCP servers of the manifests: lists a server's tools, calls a tool, stops all servers.

import { Conflict, NotAllowed, NotFound, Retryable } from '../../errors.ts';
import { cutOut } from '../../secrets.ts';
import { rulesOf, type ToolServer } from '../manifest.ts';
import { type Link, McpConnection, type McpDeps } from './connection.ts';
import { type ToolResult, textOf, toolResultSchema } from './content.ts';
import { type Failure, failureOf } from './failure.ts';
import type { McpTool } from './tools.ts';

export interface McpCall {
  server: string;
  tool: string;
  input: Record<string, unknown>;
  signal?: AbortSignal | undefined;
  /** Absent: the time limit of the manifest. A progress notification starts the limit anew. */
  timeoutMs?: number | undefined;
}

/**
 * `unknown`: the call was sent, and nobody knows whether the server did it. The call must not be retried automatically.
 */
export type McpOutcome =
  | { kind: 'answered'; text: string; isError: boolean }
  | { kind: 'unknown'; text: string; isError: true };

export interface McpServers {
  tools(server: string): Promise<McpTool[]>;
  /**
   * Throws only if the call was not made: UserFacingError if people must fix something, Retryable if it may work later.
   */
  call(call: McpCall): Promise<McpOutcome>;
  /** Closes all connections and child processes. Running calls end as `unknown`. */
  stop(): Promise<void>;
}

/**
 * Ends a call in spite of progress notifications. A server that always reports progress would otherwise never time out.
 */
const LONGEST_MS = 30 * 60 * 1000;

export function makeMcpServers(manifests: readonly ToolServer[], deps: McpDeps): McpServers {
  const servers = new Map(
    manifests
      .filter((server) => server.enabled)
      .map((server) => [server.name, { server, connection: new McpConnection(deps, server) }]),
  );
  const probes = new Set<Promise<void>>();
  const find = (name: string) => {
    const found = servers.get(name);
    if (found) return found;
    throw new NotFound(`There is no tool server "${name}". Known are: ${[...servers.keys()].join(', ') || 'none'}.`);
  };

  async function call(request: McpCall): Promise<McpOutcome> {
    const { server, connection } = find(request.server);
    // The result is redacted, because a server may return its own token or environment.
    const clean = cutOut(server.secrets);
    if (request.signal?.aborted) throw new Conflict(`The call of ${request.tool} was stopped before it was made.`);
    let link = await clearly(connection.link(), clean);
    let reply = await send(link, server, request);
    if (reply.kind === 'expired') {
      await connection.drop(link, { failed: false });
      link = await clearly(connection.link(), clean);
      reply = await send(link, server, request);
    }
    if (reply.kind === 'result' || reply.kind === 'declined') connection.healthy();
    if (reply.kind === 'not_made' && reply.retryAfterMs === undefined) await connection.drop(link, { failed: true });
    if (reply.kind === 'lost' && reply.timedOut && !request.signal?.aborted) {
      const probe = connection.probe(link).finally(() => probes.delete(probe));
      probes.add(probe);
    }
    const outcome = conclude(server, request, reply, link.lastWords());
    return { ...outcome, text: clean(outcome.text) };
  }

  return {
    tools: async (name) => {
      const { server, connection } = find(name);
      return clearly(connection.tools(), cutOut(server.secrets));
    },
    call,
    stop: async () => {
      await Promise.all([...servers.values()].map(({ connection }) => connection.stop()));
      await Promise.all(probes);
    },
  };
}

type Reply = { kind: 'result'; result: ToolResult } | Failure;

async function send(link: Link, server: ToolServer, request: McpCall): Promise<Reply> {
  const { tool, input, signal, timeoutMs = server.timeoutMs } = request;
  const options = {
    timeout: timeoutMs,
    maxTotalTimeout: Math.max(timeoutMs, LONGEST_MS),
    resetTimeoutOnProgress: true,
    // Needed although it does nothing: the SDK requests no progress without it.
    onprogress: () => {},
    // The SDK never removes its abort listener. It gets a signal of its own, so that listeners do not pile up on the
    // signal of a long run.
    ...(signal ? { signal: AbortSignal.any([signal]) } : {}),
  };
  try {
    // Uses `request` and not `client.callTool`, which throws after the call if the result does not match the output
    // schema.
    const params = { name: tool, arguments: input };
    return {
      kind: 'result',
      result: await link.client.request({ method: 'tools/call', params }, toolResultSchema, options),
    };
  } catch (error) {
    return failureOf(error);
  }
}

function conclude(server: ToolServer, request: McpCall, reply: Reply, lastWords: string): McpOutcome {
  const { name } = server;
  switch (reply.kind) {
    case 'result':
      return { kind: 'answered', text: textOf(reply.result), isError: reply.result.isError ?? false };
    case 'declined':
      return { kind: 'answered', text: reply.text, isError: true };
    case 'expired':
      return { kind: 'answered', text: `The server refused the request (HTTP ${reply.status}).`, isError: true };
    case 'lost': {
      const why = request.signal?.aborted ? 'the call was stopped while it worked' : reply.why;
      const cure =
        rulesOf(server, request.tool).effect === 'read'
          ? 'It only reads, so it may be called again.'
          : 'Find out what the state is now before you call it again.';
      const words = lastWords ? ` The server last wrote: ${lastWords}` : '';
      const text = `It is not known whether ${request.tool} was done by the tool server ${name}: ${why}. ${cure}${words}`;
      return { kind: 'unknown', text, isError: true };
    }
    case 'refused':
      throw new NotAllowed(
        `The tool server ${name} refuses Skein (HTTP ${reply.status}); the call was not made. Check the headers in manifests/tools/${name}.yaml.`,
      );
    case 'not_made':
      throw new Retryable(
        `The call was not made: the tool server ${name} cannot be used, ${reply.why}.`,
        reply.retryAfterMs,
      );
  }
}

async function clearly<T>(promise: Promise<T>, clean: (text: string) => string): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Retryable) throw new Retryable(clean(error.message), error.retryAfterMs);
    if (error instanceof Error) error.message = clean(error.message);
    throw error;
  }
}
