// The message in the thread that says who paused an agent, let it go on, or has its work. Pure.
import type { AgentId, PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { ControlFacts } from './facts.ts';

export interface Line {
  id: string;
  changes: Change[];
  deliveries: DeliveryWish[];
}

export interface LineInput {
  text: string;
  agents: readonly AgentId[];
  /** The people whom the text names because it concerns them. */
  told?: readonly PersonId[];
  /** The agents elsewhere that the line offers to stop. `pod`: the pod, if it is another one. */
  stops?: { conversation: string; agent: AgentId; pod?: string }[];
  /** Its number within the act. */
  n?: number;
}

/** The line before it loses its buttons: they would do what is not so any more. */
export function lineOf(ctx: Ctx, facts: ControlFacts, { text, agents, told = [], stops, n = 1 }: LineInput): Line {
  const { conversation, byMail } = facts;
  const id = ctx.id('m', n);
  const before = new Set(
    (conversation.atWork ?? []).flatMap(({ agent, line }) => (line && agents.includes(agent) ? [line] : [])),
  );
  const mailed = [
    ...told.filter((one) => byMail.includes(one)),
    ...(ctx.origin?.kind === 'email' ? [ctx.actor as PersonId] : []),
  ];
  return {
    id,
    changes: [
      {
        ...{ v: 1, on: 'messages', id, type: 'message_posted', conversation: conversation.id, by: 'skein' },
        ...{ body: ctx.text(text), at: ctx.at, places: [], controls: [...agents], ...(stops ? { stops } : {}) },
      },
    ],
    deliveries: [
      ...[...before].map((message): DeliveryWish => ({ kind: 'update', conversation: conversation.id, message })),
      { kind: 'post', conversation: conversation.id, message: id },
      ...(mailed.length
        ? [
            {
              kind: 'mail' as const,
              about: 'message' as const,
              conversation: conversation.id,
              message: id,
              to: [...new Set(mailed)],
            },
          ]
        : []),
    ],
  };
}

/** “Ada”, “Ada and Ben”, “Ada, Ben and Cleo”. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
