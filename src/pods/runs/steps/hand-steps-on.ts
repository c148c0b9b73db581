// Adds to a decision what it means for an agent that waits at a checkpoint of a task which is given to somebody else: the other
// agent waits there in its place. A person does not stop there: the question is withdrawn.
import type { Reader } from '../../../log/action.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx, Decision } from '../../action.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import { isPoint } from '../../involvement/checkpoints.ts';
import type { Change } from '../../kinds.ts';
import { QUESTIONS, type QuestionDoc } from '../../questions/question.ts';
import { type Settling, together, withdraw } from '../../questions/settling/settle.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';

/** More questions are not open in a pod. */
const MOST_OPEN = 200;

type Assigned = Extract<Change, { type: 'task_assigned' }>;

export async function withStepsHandedOn<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const given = decision.changes.filter(isAssigned);
  const handed = await Promise.all(given.map((change) => (ctx.isNew(change.id) ? [] : handedOn(read, ctx, change))));
  const { changes, deliveries } = together(handed.flat());
  if (!changes.length) return decision;
  return {
    ...decision,
    changes: [...decision.changes, ...changes],
    deliveries: [...(decision.deliveries ?? []), ...deliveries],
  };
}

function isAssigned(change: Change): change is Assigned {
  return change.type === 'task_assigned';
}

async function handedOn(read: Reader, ctx: Ctx, { id, assignee }: Assigned): Promise<Settling[]> {
  const task = await read.get(TASKS, id);
  if (!task?.involved?.some(isPoint)) return [];
  const open = await read.find(QUESTIONS, { where: { pod: ctx.pod, state: 'open' }, limit: MOST_OPEN });
  const asked = open.filter(({ checkpoint }) => checkpoint?.task === id);
  return (
    await Promise.all(asked.map((question) => oneOn(read, question, { task, next: assignee ?? undefined })))
  ).flat();
}

async function oneOn(
  read: Reader,
  question: QuestionDoc,
  { task, next }: { task: TaskDoc; next: ParticipantId | undefined },
): Promise<Settling[]> {
  const { id, conversation, message } = question;
  const doc = await read.get(CONVERSATIONS, conversation);
  const waiting = doc?.atWork?.find(({ steps }) => steps?.question === id)?.agent;
  // An agent that has another’s task works there on its own account.
  if (!waiting || waiting !== task.assignee) return [];
  // In another conversation it comes to the checkpoint by itself.
  const to = isAgent(next) && task.conversation === conversation ? { to: next } : {};
  return [
    {
      changes: [
        { v: 1, on: 'conversations', id: conversation, type: 'steps_handed_on', agent: waiting, question: id, ...to },
      ],
      // Its run waits for nothing any more, and ends without a request to the model.
      deliveries: [{ kind: 'wake', agent: waiting, conversation, because: message, ends: true }],
    },
    ...(isAgent(next) ? [] : [withdraw({ question }, 'given_on')]),
  ];
}
