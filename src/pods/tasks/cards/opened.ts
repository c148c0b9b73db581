// The conversation that is opened for a task that nobody is set to work on, with the card of the task. Pure.
import { type Label, versioned } from '../../../log/labels/label.ts';
import type { Ctx } from '../../action.ts';
import { startedBy } from '../../conversations/origin/started-by.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import { quoted } from '../../history/phrase.ts';
import type { Change } from '../../kinds.ts';
import type { PodDoc } from '../../pod/pod.ts';
import type { TaskLine } from '../task.ts';

interface ToOpen {
  number: number;
  title: string;
  label: Label | undefined;
  /** The conversation, if the task has one but no card. */
  conversation?: string | undefined;
}

/** `told`: the fields that the change to the task gets. */
export function opened(
  ctx: Ctx,
  { place }: PodDoc,
  { number, title, label, conversation }: ToOpen,
): { changes: Change[]; deliveries: DeliveryWish[]; told: { conversation: string; line: TaskLine } } {
  const id = conversation ?? ctx.id('c');
  const message = ctx.id('m');
  // Its assignee and its reviewers change; its card says who they are now.
  const words = `#${number} ${quoted(title)}.`;
  return {
    changes: [
      // The conversation gets its own copy of the title, because the erasure of the task erases the task's copy.
      ...(conversation
        ? []
        : [{ ...startedBy(id, place), ...versioned({ titleRef: label }), titleRef: ctx.text(title, label) }]),
      {
        ...versioned({ body: label }),
        ...{ on: 'messages', id: message, type: 'message_posted', conversation: id, by: 'skein', at: ctx.at },
        ...{ body: ctx.text(words, label), places: [] },
      },
      { v: 1, on: 'conversations', id, type: 'message_added', by: 'skein', addressed: [], aside: true },
    ],
    deliveries: [{ kind: 'post', conversation: id, message }],
    told: { conversation: id, line: { message, conversation: id } },
  };
}
