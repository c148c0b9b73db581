// Passes a task on within another act, without setting anybody to work: a person takes it from an agent, or hands it back.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { type AgentId, isAgent, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { leftBehind, questionsOfTask } from '../../questions/settling/follow-work.ts';
import type { Put } from '../../questions/settling/hearing.ts';
import { hoursAmong, nextDueAt, rearmed } from '../due/due-moments.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../task.ts';
import { giverIn } from './givers.ts';
import { type GiverCalling, givingAgents, tellGivers } from './tell-givers.ts';

/** A task that may be passed on, with the facts for it. */
export interface Passing {
  task: TaskDoc;
  title: string;
  dueAt: number | undefined;
  givers: GiverCalling[];
  asked: Put[];
}

/** The most tasks of one conversation that pass by one word. */
const MOST = 20;
/** More than the messages of one task need. */
const MOST_NUMBERS = 1000;

/** Reads the open tasks of the conversation that agents have, and those that people have taken from agents. */
export async function passingIn(read: Reader, ctx: Ctx, conversation: string): Promise<Passing[]> {
  const found = await read.find(TASKS, { where: { conversation, state: { in: [...ACTIVE] } }, limit: 10 * MOST });
  const tasks = found.filter(({ assignee, taken }) => isAgent(assignee) || taken?.length).slice(0, MOST);
  if (!tasks.length) return [];
  const [titles, hours] = await Promise.all([
    read.texts(tasks.map(({ titleRef }) => titleRef)),
    hoursAmong(read, [ctx.actor]),
  ]);
  return Promise.all(
    tasks.map(async (task) => ({
      task,
      title: titles.get(task.titleRef) ?? ERASED,
      dueAt: task.dueAt && nextDueAt(task.due, hours, ctx.at),
      givers: await givingAgents(read, ctx, task),
      asked: await questionsOfTask(read, task.id),
    })),
  );
}

/** Returns the tasks that the agent has, the lowest number first. */
export function heldBy(all: readonly Passing[], agent: AgentId): Passing[] {
  return all.filter(({ task }) => task.assignee === agent).sort((a, b) => a.task.number - b.task.number);
}

/** Returns the tasks that the person has taken from the agent. */
export function takenFrom(all: readonly Passing[], agent: AgentId, by: ParticipantId): Passing[] {
  return all.filter(({ task }) => task.assignee === by && task.taken?.some(({ from }) => from === agent));
}

/** Pure. Whoever gave the task hears who has it now; the new assignee is told by the act itself. */
export function passTasks(
  ctx: Ctx,
  tasks: readonly Passing[],
  to: { id: ParticipantId; name: string },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const passed = tasks.map(({ task, title, dueAt, givers, asked }, n) => {
    const about = { ...task, title, label: task.labels?.titleRef };
    const own = { ...ctx, id: (kind: string, at = 0) => ctx.id(kind, at + MOST_NUMBERS * (n + 1)) };
    const heard = tellGivers(
      own,
      givers.filter(({ agent }) => agent !== to.id && agent !== task.assignee),
      { why: 'passed', task: about, next: to.name },
    );
    const change: Change = {
      ...{ v: 1, on: 'tasks', id: task.id, type: 'task_assigned', assignee: to.id },
      ...giverIn(ctx, to.id),
      ...rearmed(task.dueAt, dueAt),
      ...heard.told,
    };
    return {
      changes: [change, ...heard.changes],
      deliveries: [...heard.deliveries, ...leftBehind(asked, task.assignee, ctx.actor)],
    };
  });
  return {
    changes: passed.flatMap(({ changes }) => changes),
    deliveries: passed.flatMap(({ deliveries }) => deliveries),
  };
}
