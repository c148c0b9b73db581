// Makes one call of a server's tool, at most once. Before a call that does more than read, a permit is appended to the pod's
// log. Only the process that appended the permit makes the call, and its outcome is stored.
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
  // A read that carries no data out may be made twice, so the gate is asked, but no permit is stored.
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

/** Returns the stored outcome of a call that was permitted before a crash; undefined if no such call was permitted. */
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
    // The call was not made, and the model is told why. The reason may quote the server.
    const again = error instanceof Retryable ? ' It may work later.' : '';
    return { ok: false, trust, server: name, tool, text: `The call was not made: ${error.message}${again}` };
  }
}
