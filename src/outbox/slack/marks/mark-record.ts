// The record of a message's mark: the run of each agent that has the message, and the emoji that may stand in Slack.
import type { AgentId } from '../../../log/participant.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import type { CollectionSpec, Doc } from '../../../store/port.ts';
import { seqOf } from '../../delivery-id.ts';

export interface MarkedAgent {
  agent: AgentId;
  /** The run that has taken the message in. */
  run?: string;
  called?: true;
  /** The message has not woken the agent: it was at work, and hears it at its next turn. */
  heard?: true;
}

/** `id`: the id of the message. */
export interface MarkDoc extends Doc {
  at: number;
  agents: MarkedAgent[];
  /** Every emoji of Skein's that may stand on the message: written before it is put there. */
  begun: string[];
  /** The number of the newest commit that called agents with the message: it was posted, or edited. */
  calledIn?: number;
  /** The emoji that Slack has confirmed. It stands alone if it is all of `begun`. */
  stands?: string;
}

export const MARK_SPEC: CollectionSpec = { name: 'marks', kind: 'journal', indexes: [{ fields: ['at'] }] };

type Marking = Pick<DeliveryOf<'mark'>, 'id' | 'message' | 'agents' | 'called' | 'heard' | 'run' | 'weak'>;

/**
 * Pure. Returns the record with what the delivery says. Undefined if the message has no mark: a run has heard it, and it
 * woke no agent. `failed`: the runs that failed.
 */
export function merged(
  record: MarkDoc | undefined,
  { id, message, agents, called = [], heard = [], run, weak }: Marking,
  { at, failed }: { at: number; failed: ReadonlySet<string> },
): MarkDoc | undefined {
  if (!run) {
    const calledIn = seqOf(id);
    // A repeat of an earlier delivery calls nobody again.
    if (record && (record.calledIn ?? calledIn) >= calledIn) return record;
    const all = agents.map(
      (agent): MarkedAgent => ({
        agent,
        ...(called.includes(agent) ? { called: true } : {}),
        ...(heard.includes(agent) ? { heard: true } : {}),
      }),
    );
    const others = record?.agents.filter(({ agent }) => !agents.includes(agent)) ?? [];
    return { id: message, rev: 0, begun: [], ...record, at, calledIn, agents: [...others, ...all] };
  }
  if (!record) return undefined;
  return {
    ...record,
    agents: record.agents.map((one) => {
      const kept = !agents.includes(one.agent) || (weak && one.run !== undefined && !failed.has(one.run));
      return kept ? one : { ...one, run };
    }),
  };
}
