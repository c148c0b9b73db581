// One call of a server's tool: through the gate, and made once. A call that does more than read is on the pod's log before it is
// made, by a permit; only whoever appended the permit makes it, and what came of it is kept.
import { Retryable, UserFacingError } from '../../errors.ts';
import { idOf } from '../../log/ids.ts';
import { PERMITS } from '../../pods/permits/permit.ts';
import { cutResult } from '../cut-result.ts';
import type { ToolServer } from '../manifest.ts';
import { requestOf } from '../request.ts';
import { callOf, type TextResult, type ToolCaller, type ToolDeps, type ToolSpec } from '../tool.ts';

interface ServerCall {
  server: ToolServer;
  tool: string;
  spec: ToolSpec;
  input: Record<string, unknown>;
}

export async function callOnce(deps: ToolDeps, caller: ToolCaller, call: ServerCall, key: string): Promise<TextResult> {
  const asked = callOf(call.spec, call.input);
  const { tool } = asked;
  const { pod } = caller;
  // Reading twice does no harm, and leaves nothing behind.
  if (asked.effect === 'read' && !asked.carries) {
    await deps.act(requestOf(caller, { pod, action: 'permit_read', input: { tool }, key }, asked));
    return made(deps, caller, call);
  }
  const input = { tool, input: call.input };
  const { repeated } = await deps.act(requestOf(caller, { pod, action: 'permit', input, key }, asked));
  if (repeated) return (await deps.outcomes.get(key)) ?? unknown(tool);
  const result = await made(deps, caller, call);
  await deps.outcomes.keep(key, caller, result);
  return result;
}

/** What came of a call that was let through before, whatever has changed since: a crash left the answer unread. */
export async function ranBefore(
  { read, outcomes }: ToolDeps,
  { pod }: ToolCaller,
  key: string,
): Promise<TextResult | undefined> {
  const [outcome, permit] = await Promise.all([outcomes.get(key), read.get(PERMITS, idOf('call', pod, key, 0))]);
  return outcome ?? (permit && unknown(permit.tool));
}

export function unknown(tool: string): TextResult {
  const text = `Skein stopped while ${tool} was under way, so nobody knows whether it was done. Check before you call it again.`;
  return { ok: false, trust: 'member', text };
}

async function made({ mcp }: ToolDeps, { signal }: ToolCaller, call: ServerCall): Promise<TextResult> {
  const { server, tool, input } = call;
  const { name, trust, timeoutMs } = server;
  try {
    const { isError, text } = await mcp.call({ server: name, tool, input, timeoutMs, signal });
    return { ok: !isError, text: cutResult(text), trust, server: name, tool };
  } catch (error) {
    if (!(error instanceof UserFacingError || error instanceof Retryable)) throw error;
    // Not made at all: the model is told, and may try again later. The reason may hold the server's own words.
    const again = error instanceof Retryable ? ' It may work later.' : '';
    return { ok: false, trust, server: name, tool, text: `The call was not made: ${error.message}${again}` };
  }
}
