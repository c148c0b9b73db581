// Joins a day of a repeat to its task that is still open: one line in the task's conversation, and one open item of whoever
// has the task.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { versioned } from '../../../log/labels/label.ts';
import { isAgent, isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import { quoted } from '../../history/phrase.ts';
import type { Change } from '../../kinds.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { againWords } from '../cards/line-words.ts';
import { type Calling, callingOf, setToWork } from '../set-to-work.ts';
import type { TaskDoc } from '../task.ts';
import type { RepeatDoc } from './repeat.ts';

export interface JoinFacts {
  title: string;
  calling: Calling | undefined;
  names: ReadonlyMap<ParticipantId, Named>;
  /** True if its assignee has left the pod. */
  left: boolean;
}

export async function joinFacts(read: Reader, ctx: Ctx, task: TaskDoc): Promise<JoinFacts> {
  const { assignee } = task;
  const [texts, calling, names, member] = await Promise.all([
    read.texts([task.titleRef]),
    callingOf(read, ctx, task),
    namesOfAll(read, [assignee]),
    isPerson(assignee) ? read.get(MEMBERS, memberId(ctx.pod, assignee)) : undefined,
  ]);
  const left = isPerson(assignee) && member?.state !== 'in';
  return { title: texts.get(task.titleRef) ?? ERASED, calling, names, left };
}

/** Pure. */
export function joined(
  ctx: Ctx,
  { repeat, task, facts }: { repeat: RepeatDoc; task: TaskDoc; facts: JoinFacts },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const { owner, heard } = repeat;
  const { title, calling, left } = facts;
  const { assignee } = task;
  const label = task.labels?.titleRef;
  const wishers = { ...(owner ? { onBehalfOf: owner } : {}), ...(heard ? { heard } : {}) };
  const set = isAgent(assignee)
    ? setToWork(ctx, calling, { why: 'again', task: { ...task, title, label }, to: assignee, wishers })
    : lineInThread(ctx, task, facts);
  return {
    changes: [
      {
        ...{ v: 1, on: 'tasks', id: task.id, type: 'task_repeated', repeat: repeat.id },
        ...(left && isPerson(assignee) ? { left: assignee } : {}),
        ...set.told,
      },
      ...set.changes,
    ],
    deliveries: set.deliveries,
  };
}

/** A person hears of it by their open item; the line is for all who read the thread. */
function lineInThread(ctx: Ctx, task: TaskDoc, { title, names }: JoinFacts) {
  const { conversation, assignee, number } = task;
  if (!conversation) return { changes: [], deliveries: [], told: {} };
  const label = task.labels?.titleRef;
  const message = ctx.id('m');
  const words = againWords(`#${number} ${quoted(title)}`, assignee ? called(names, assignee).name : 'nobody');
  return {
    changes: [
      {
        ...versioned({ body: label }),
        ...{ on: 'messages', id: message, type: 'message_posted', conversation, by: 'skein', at: ctx.at },
        ...{ body: ctx.text(words, label), places: [] },
      },
      { v: 1, on: 'conversations', id: conversation, type: 'message_added', by: 'skein', addressed: [], aside: true },
    ] satisfies Change[],
    deliveries: [{ kind: 'post', conversation, message }] satisfies DeliveryWish[],
    told: { line: { message, conversation } },
  };
}
