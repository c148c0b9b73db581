// Adds to a decision what it sets free: where nobody goes with every step any more, the list that waits is withdrawn, and the
// agent goes on.
import type { Reader } from '../../../log/action.ts';
import { isAgent } from '../../../log/participant.ts';
import type { Ctx, Decision } from '../../action.ts';
import { holdersOf, isActive } from '../../involvement/binding.ts';
import { isPoint, namesAhead } from '../../involvement/checkpoints.ts';
import { withLevel, withSaid } from '../../involvement/level.ts';
import type { Change } from '../../kinds.ts';
import type { PodDoc } from '../../pod/pod.ts';
import { QUESTIONS, type QuestionDoc } from '../../questions/question.ts';
import { hearingOf, withTasks } from '../../questions/settling/hearing.ts';
import { type Settling, together, withdraw } from '../../questions/settling/settle.ts';
import { isSteps } from '../../questions/settling/settle-steps.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';
import { tasksIn } from './holders.ts';

/** More questions are not open in a pod. */
const MOST_OPEN = 200;

export async function withFreed<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const turned = decision.changes.filter(isTurn);
  if (!turned.length) return decision;
  const asked = await stepsAskedAbout(read, turned, ctx);
  const pod = ctx.podDoc && turned.reduce(podAfter, ctx.podDoc);
  const freed: Settling[] = [];
  for (const question of asked) {
    const tasks = (await tasksIn(read, question.conversation)).map((task) => turned.reduce(taskAfter, task));
    const holders = holdersOf(tasks, pod);
    if (question.asked.some((one) => holders.includes(one))) continue;
    if (question.draft || (await stillStops(read, question, turned))) continue;
    const [put = { question }] = await withTasks(read, [question]);
    const { hearer, hearsIn } = hearingOf(put);
    freed.push(withdraw(put, 'freed'));
    if (isAgent(hearer))
      freed.push({
        changes: [],
        deliveries: [{ kind: 'wake', agent: hearer, conversation: hearsIn, because: question.message }],
      });
  }
  if (!freed.length) return decision;
  const { changes, deliveries } = together(freed);
  return {
    ...decision,
    changes: [...decision.changes, ...changes],
    deliveries: [...(decision.deliveries ?? []), ...deliveries],
  };
}

/** True if the run waits at a checkpoint that is still one. */
async function stillStops(read: Reader, { checkpoint }: QuestionDoc, turned: readonly Turn[]): Promise<boolean> {
  const task = checkpoint && (await read.get(TASKS, checkpoint.task));
  if (!task) return false;
  const after = turned.reduce(taskAfter, task);
  return isActive(after) && namesAhead(after).some((name) => checkpoint.names.includes(name));
}

type Turn = Extract<
  Change,
  { type: 'task_followed' | 'task_moved' | 'task_erased' | 'pod_followed' | 'involvement_set' }
>;

/** Changes by which somebody may be less close, or their task over. Others cost no look. */
function isTurn(change: Change): change is Turn {
  switch (change.type) {
    case 'task_followed':
    case 'pod_followed':
    case 'involvement_set':
      return change.level !== 'every_step';
    case 'task_moved':
      return change.state === 'done' || change.state === 'dropped';
    case 'task_erased':
      return true;
    default:
      return false;
  }
}

async function stepsAskedAbout(read: Reader, turned: readonly Turn[], ctx: Ctx): Promise<QuestionDoc[]> {
  const found = turned.some(({ on }) => on === 'pods')
    ? await read.find(QUESTIONS, { where: { pod: ctx.pod, state: 'open' }, limit: MOST_OPEN })
    : (await Promise.all(turned.map(({ id }) => openAt(read, id, ctx)))).flat();
  return [...new Map(found.filter(isSteps).map((one) => [one.id, one])).values()];
}

async function openAt(read: Reader, id: string, ctx: Ctx): Promise<QuestionDoc[]> {
  const task = ctx.isNew(id) ? undefined : await read.get(TASKS, id);
  // The run that waits at its checkpoint may work in another conversation.
  if (task?.involved?.some(isPoint))
    return read.find(QUESTIONS, { where: { pod: ctx.pod, state: 'open' }, limit: MOST_OPEN });
  if (!task?.conversation) return [];
  return read.find(QUESTIONS, { where: { conversation: task.conversation, state: 'open' }, limit: MOST_OPEN });
}

function podAfter(pod: PodDoc, change: Turn): PodDoc {
  if (change.type === 'involvement_set') return { ...pod, involvement: change.level };
  if (change.type !== 'pod_followed') return pod;
  const { who, level, at } = change;
  return { ...pod, involved: withLevel(pod.involved, { who, level, ...(at ? { at } : {}) }) };
}

function taskAfter(task: TaskDoc, change: Turn): TaskDoc {
  if (change.id !== task.id) return task;
  if (change.type === 'task_erased') return { ...task, state: 'erased' };
  if (change.type === 'task_moved') return { ...task, state: change.state };
  if (change.type !== 'task_followed') return task;
  return { ...task, involved: withSaid(task.involved, change) };
}
