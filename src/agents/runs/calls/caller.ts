// The caller of a tool: the model turn, and the facts of its session that tools and the gate need.
import type { Ears } from '../../../log/ears.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { Store } from '../../../store/port.ts';
import type { ToolCaller } from '../../../tools/tool.ts';
import { type Holdings, keyOf } from '../../news/held.ts';
import { isOwn } from '../../news/news.ts';
import type { SessionDoc } from '../../sessions/session.ts';
import type { HeldCall } from '../ears/ears.ts';
import { stopped } from '../stopped.ts';

export interface Caller {
  session: SessionDoc;
  /** The number of the model turn that holds the call. */
  n: number;
  /** The number of the commit that woke the run. Absent if the call comes from no run. */
  woken?: number;
  /** The askers for whom the agent acts, the newest last. */
  heard: readonly PersonId[];
  /** The names of the tools in the agent's manifest. */
  tools: readonly string[];
  /** True if the session lives in a person's own pod: it may read that person's other pods. */
  direct?: boolean;
  /** The documents that the session held when the model made the call. */
  held?: Holdings;
  /** Absent if the call comes from no run. */
  ears?: Ears;
  /** The calls of the run that were held, by name. */
  heldCalls?: ReadonlyMap<string, HeldCall>;
  /** True if a call of the run was refused because the agent may not do it. */
  refused?: boolean;
  signal: AbortSignal;
}

export function toolCaller(
  store: Store,
  { session, heard, tools, woken, held, ears, direct = false, refused = false, signal }: Caller,
): ToolCaller {
  const { id, pod, conversation, agent, outside = false, loaded } = session;
  return {
    ...{ pod, conversation, agent, heard, outside, direct, tools, loaded, signal },
    ...(ears ? { ears } : {}),
    facts: (call) => ({
      from: { pod, conversation },
      ...(woken === undefined ? {} : { woken }),
      // Read at the time of the check, because an earlier call of the same turn may have added a source.
      async sources() {
        const now = (await store.collection<SessionDoc>('sessions').get(id)) ?? session;
        return now.sources ?? [];
      },
      stopped: () => stopped(signal),
      refused: () => refused,
      ...(held ? { held: { seqOf: seqIn(held), isOwn: (commit: { key: string }) => isOwn(session, commit) } } : {}),
      ...(call ? { call } : {}),
    }),
  };
}

function seqIn(held: Holdings): (kind: string, id: string) => number | undefined {
  return (kind, id) => {
    const one = held.get(keyOf({ kind, id }));
    return one?.part ? undefined : one?.seq;
  };
}
