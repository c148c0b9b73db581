// Who calls: the turn that asks, and what tools and the gate are told of its session.
import type { PersonId } from '../../log/participant.ts';
import type { Store } from '../../store/port.ts';
import type { ToolCaller } from '../../tools/tool.ts';
import type { SessionDoc } from '../sessions/session.ts';
import { stopped } from './stopped.ts';

export interface Caller {
  session: SessionDoc;
  /** The turn that asked. */
  n: number;
  /** The askers that the agent acts for, the newest last. */
  heard: readonly PersonId[];
  /** Actions this agent may call. */
  tools: readonly string[];
  /** The session lives in a person's own pod: it may read that person's other pods. */
  direct?: boolean;
  signal: AbortSignal;
}

export function toolCaller(store: Store, { session, heard, tools, direct = false, signal }: Caller): ToolCaller {
  const { id, pod, conversation, agent, outside = false, loaded } = session;
  return {
    ...{ pod, conversation, agent, heard, outside, direct, tools, loaded, signal },
    facts: (call) => ({
      from: { pod, conversation },
      // Read when it is asked for: an earlier call of the same turn may have added one.
      async sources() {
        const now = (await store.collection<SessionDoc>('sessions').get(id)) ?? session;
        return now.sources ?? [];
      },
      stopped: () => stopped(signal),
      ...(call ? { call } : {}),
    }),
  };
}
