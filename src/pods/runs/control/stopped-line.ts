// The message in the thread after a stop that leaves a task with an agent: who stopped it, and what people can do about it. Pure.
import { type AgentId, handleOf } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { called } from '../../people/directory.ts';
import { heldBy } from '../../tasks/giving/pass-task.ts';
import type { ControlFacts } from './facts.ts';
import { type Line, lineOf, listOf } from './line.ts';

/** `agents`: those that are stopped. Returns the line and those of them that it is about; undefined if none has a task here. */
export function stoppedLine(
  ctx: Ctx,
  facts: ControlFacts | undefined,
  agents: readonly AgentId[],
): (Line & { agents: AgentId[] }) | undefined {
  const left = agents.filter((agent) => facts && heldBy(facts.tasks, agent).length);
  if (!facts || !left.length) return undefined;
  const { names, tasks } = facts;
  const still = left.map((agent) => {
    const numbers = heldBy(tasks, agent).map(({ task }) => `#${task.number}`);
    return `${called(names, agent).name} still has ${listOf(numbers)}`;
  });
  const many = left.length > 1;
  const text = `Stopped by ${called(names, ctx.actor).name}. ${listOf(still)}: write “I take over” to have ${many ? 'that' : 'it'}, or “${handleOf(left[0] ?? 'agent:agent')}, go on” to let the agent work on it.`;
  return { ...lineOf(ctx, facts, { text, agents: left, n: STOPPED }), agents: left };
}

/** As above, for agents that a message stops: the line stands in their entries. */
export function stoppedByWord(
  ctx: Ctx,
  facts: ControlFacts | undefined,
  agents: readonly AgentId[],
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const line = stoppedLine(ctx, facts, agents);
  if (!facts || !line) return { changes: [], deliveries: [] };
  const shown = line.agents.map(
    (agent): Change => ({
      ...{ v: 1, on: 'conversations', id: facts.conversation.id, agent },
      ...{ type: 'run_stopped', holds: true, line: line.id },
    }),
  );
  return { changes: [...line.changes, ...shown], deliveries: line.deliveries };
}

/** The number of the line within its act: another one may say what is under way elsewhere. */
const STOPPED = 2;

/** The lines of agents that a person calls again after a stop: their buttons would do what is not so any more. */
export function calledAgainLines(
  conversation: ControlFacts['conversation'] | undefined,
  agents: readonly string[],
): DeliveryWish[] {
  const lines = (conversation?.atWork ?? []).flatMap(({ agent, personOnly, line }) =>
    personOnly && line && agents.includes(agent) ? [line] : [],
  );
  return [...new Set(lines)].map((message) => ({ kind: 'update', conversation: conversation?.id ?? '', message }));
}
