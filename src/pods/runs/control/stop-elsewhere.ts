// Stops what agents do for the same request in other conversations, or says in the thread what is under way there. Pure.
import type { AgentId, ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationDoc } from '../../conversations/conversation.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { Put } from '../../questions/settling/hearing.ts';
import { together, withdraw } from '../../questions/settling/settle.ts';
import { lineOf, listOf } from './line.ts';
import type { Elsewhere } from './same-root.ts';

interface Stopping {
  changes: Change[];
  deliveries: DeliveryWish[];
}

/** Those that the stop has not reached. `stopped`: the agents that it stops in its own conversation. */
export function beyond(
  others: readonly Elsewhere[],
  { id }: Pick<ConversationDoc, 'id'>,
  stopped: readonly ParticipantId[],
): Elsewhere[] {
  return others.filter(({ conversation, agent }) => conversation !== id || !stopped.includes(agent));
}

/** `all`: they are stopped too. */
export function stopElsewhere(
  ctx: Ctx,
  conversation: ConversationDoc,
  { others, all }: { others: readonly Elsewhere[]; all: boolean },
): Stopping {
  const shown = others.filter((one) => one.shown);
  const facts = { conversation, names: new Map(), waiting: [], byMail: [], tasks: [] };
  if (!all) {
    if (!shown.length) return { changes: [], deliveries: [] };
    const stops = shown.map(({ pod, conversation: id, agent }) => ({
      ...{ conversation: id, agent },
      ...(pod === ctx.pod ? {} : { pod }),
    }));
    return lineOf(ctx, facts, { text: underWayWords(shown), agents: [], stops });
  }
  const here = stops(others.filter(({ pod }) => pod === ctx.pod));
  const line = shown.length
    ? lineOf(ctx, facts, { text: `Stopped too: ${listOf(shown.map(({ says }) => says))}.`, agents: [] })
    : { changes: [], deliveries: [] };
  return {
    changes: [...here.changes, ...line.changes],
    deliveries: [...here.deliveries, ...line.deliveries, ...stopsInOtherPods(ctx, others)],
  };
}

function underWayWords(shown: readonly Elsewhere[]): string {
  const says = (of: readonly Elsewhere[]) => listOf(of.map((one) => one.says));
  const [now, later] = [shown.filter((one) => !one.later), shown.filter((one) => one.later)];
  const lines = [
    now.length && `Still at work for the same request: ${says(now)}.`,
    later.length && `${now.length ? 'To come' : 'To come for the same request'}: ${says(later)}.`,
    `Write “stop all” here to stop ${shown.length > 1 ? 'them' : 'that'} too.`,
  ];
  return lines.filter(Boolean).join(' ');
}

/** Each pod has a log of its own, and stops its agents by a commit in it. */
function stopsInOtherPods(ctx: Ctx, others: readonly Elsewhere[]): DeliveryWish[] {
  const pods = [...new Set(others.map(({ pod }) => pod))].filter((pod) => pod !== ctx.pod);
  return pods.map((pod, n) => ({
    ...{ kind: 'act', in: pod, action: 'stop_there', actor: ctx.actor, key: ctx.id('stop', n) },
    input: {
      runs: others.filter((one) => one.pod === pod).map(({ conversation, agent }) => ({ conversation, agent })),
    },
  }));
}

/** Only a person's word wakes these agents there from now on. */
export function stops(
  spots: readonly { conversation: string; agent: AgentId; open: readonly Put[]; later?: string; line?: string }[],
): Stopping {
  const withdrawn = together(spots.flatMap(({ open }) => open.map((put) => withdraw(put, 'stopped'))));
  return {
    changes: [
      ...spots.map(
        ({ conversation: id, agent, line }): Change => ({
          ...{ v: 1, on: 'conversations', id },
          ...{ type: 'run_stopped', agent, holds: true, ...(line ? { line } : {}) },
        }),
      ),
      ...withdrawn.changes,
    ],
    deliveries: [
      // Where nothing runs, no agent says that it has stopped.
      ...spots.flatMap(({ conversation, agent, later }): DeliveryWish[] =>
        later ? [] : [{ kind: 'halt', agent, conversation }],
      ),
      ...withdrawn.deliveries,
    ],
  };
}
