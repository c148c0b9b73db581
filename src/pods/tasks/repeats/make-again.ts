// Makes the next task of a repeat: like the one before, with another number.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { versioned } from '../../../log/labels/label.ts';
import { isAgent } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { addDays } from '../../local-time.ts';
import type { PodDoc } from '../../pod/pod.ts';
import type { OwnHours } from '../../preferences/preference.ts';
import { hoursAmong, nextDueAt } from '../due/due-moments.ts';
import { type Calling, callingOf, setToWork } from '../set-to-work.ts';
import type { TaskDoc } from '../task.ts';
import type { RepeatDoc } from './repeat.ts';

export interface MadeFacts {
  /** False if its assignee has left the pod. */
  here: boolean;
  texts: ReadonlyMap<string, string>;
  hours: OwnHours;
  calling: Calling | undefined;
}

interface Again {
  repeat: RepeatDoc;
  /** The task before. */
  before: TaskDoc;
}

export async function madeFacts(
  read: Reader,
  ctx: Ctx,
  { repeat, before, here }: Again & { here: boolean },
): Promise<MadeFacts> {
  const assignee = here ? repeat.assignee : undefined;
  const [texts, hours, calling] = await Promise.all([
    read.texts([before.titleRef, before.body]),
    hoursAmong(read, [assignee, repeat.owner]),
    callingOf(read, ctx, { assignee, fresh: true, why: 'repeated' }),
  ]);
  return { here, texts, hours, calling };
}

export interface Made {
  id: string;
  number: number;
  changes: Change[];
  deliveries: DeliveryWish[];
}

/** Pure. `day`: the local date on which it comes. */
export function madeAgain(
  ctx: Ctx,
  pod: PodDoc,
  { repeat, before, day, facts }: Again & { day: string; facts: MadeFacts },
): Made {
  const { here, texts, hours, calling } = facts;
  const { owner, heard } = repeat;
  const id = ctx.id('t');
  const number = pod.tasks + 1;
  const title = texts.get(before.titleRef) ?? ERASED;
  const body = texts.get(before.body ?? '');
  const { titleRef: label, body: bodyLabel } = before.labels ?? {};
  const due = repeat.due === undefined ? undefined : addDays(day, repeat.due);
  const dueAt = nextDueAt(due, hours, ctx.at);
  const assignee = here ? repeat.assignee : undefined;
  const wishers = { ...(owner ? { onBehalfOf: owner } : {}), ...(heard ? { heard } : {}) };
  const set = isAgent(assignee)
    ? setToWork(ctx, calling, { why: 'repeated', task: { id, number, title, label, due }, to: assignee, wishers })
    : undefined;
  return {
    id,
    number,
    changes: [
      {
        ...versioned({ titleRef: label, body: body === undefined ? undefined : bodyLabel }),
        ...{ on: 'tasks', type: 'task_created', id, number, titleRef: ctx.text(title, label), repeat: repeat.id },
        ...(body === undefined ? {} : { body: ctx.text(body, bodyLabel) }),
        ...(assignee ? { assignee } : {}),
        ...(due ? { due } : {}),
        ...(dueAt === undefined ? {} : { dueAt }),
        ...(owner ? { givenBy: owner } : {}),
        ...set?.told,
      },
      { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number },
      ...(set?.changes ?? []),
    ],
    deliveries: set?.deliveries ?? [],
  };
}
