// item_unreached (Skein's own): a message that was to tell a person of an open item did not reach them. Whoever gave them
// the work, or wrote what names them, is named in the item's conversation with what to do. It wakes nobody.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { versioned } from '../../log/labels/label.ts';
import { isPerson, type Named } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { newMessage } from '../conversations/new-message.ts';
import { startedBy } from '../conversations/origin/started-by.ts';
import { messageText } from '../conversations/post-message.ts';
import type { Change } from '../kinds.ts';
import { ownersIn } from '../members/members-of.ts';
import { present } from '../members/present.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { TASKS, type TaskDoc } from '../tasks/task.ts';
import { isToTell, NEEDS, type NeedDoc } from './need.ts';

/** More owners than this are not named in one message. */
const MOST_NAMED = 5;

export const itemUnreached = action({
  name: 'item_unreached',
  title: 'Report that somebody was not told',
  description: 'Tells whoever gave a person work that the person could not be told of it.',
  input: z.strictObject({
    need: z.string(),
    person: z.templateLiteral(['person:', z.string().min(1)]),
    /** Why, and what to do. */
    text: messageText,
  }),
  effect: 'write',
  internal: true,
  async load(read, { need: id, person }, ctx) {
    const need = await read.get(NEEDS, id);
    if (!isToTell(need) || need.pod !== ctx.pod || need.who === 'owners') return {};
    const about = need.about.on === TASKS.name ? await read.get(TASKS, need.about.id) : undefined;
    const task = about?.state === 'erased' ? undefined : about;
    const there = task?.conversation ?? need.conversation;
    const [doc, givers, texts] = await Promise.all([
      there ? read.get(CONVERSATIONS, there) : undefined,
      giversOf(read, ctx.pod, need, task, person),
      read.texts([task?.titleRef]),
    ]);
    return { task, doc, givers, title: texts.get(task?.titleRef ?? '') ?? ERASED };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein knows who could not be reached.',
  decide({ task, doc, givers, title }, { text }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    if (!givers?.length || !(doc || task) || pod.state === 'archived') return { changes: [], result: {} };
    const id = doc?.id ?? ctx.id('c');
    const named = givers.map(({ handle }) => `@${handle}`).join(' ');
    const known = new Map(givers.map((one) => [one.handle.toLowerCase(), one.id]));
    const said = { message: ctx.id('m'), text: `${named} ${text}`, known, at: ctx.at };
    const { changes, deliveries } = newMessage(ctx, { id, doc }, said);
    return { changes: [...opened(ctx, id, { task, doc, title }), ...changes], deliveries, result: {} };
  },
});

/** Returns the person who asks, or who made the task; else the owners. Nobody if a notice of Skein's own did not arrive. */
async function giversOf(
  read: Reader,
  pod: string,
  { by, message: id, about }: NeedDoc,
  task: TaskDoc | undefined,
  missed: string,
): Promise<Named[]> {
  const message = !task && id ? await read.get(MESSAGES, id) : undefined;
  if (!task && (about.on !== CONVERSATIONS.name || !message || message.by === 'skein')) return [];
  const [asker] = [by, message?.by, message?.onBehalfOf, task?.createdBy].filter(isPerson);
  if (asker === missed) return [];
  const giver = asker ? await present(read, pod, [asker]) : [];
  const people = giver.length ? giver : await ownersIn(read, pod);
  const names = await namesOfAll(read, people);
  return people
    .filter((one) => one !== missed)
    .map((one) => called(names, one))
    .slice(0, MOST_NAMED);
}

/** Opens a conversation for a task that has none. */
function opened(
  ctx: Ctx,
  id: string,
  { task, doc, title }: { task: TaskDoc | undefined; doc: ConversationDoc | undefined; title: string },
): Change[] {
  if (doc || !task || !ctx.podDoc) return [];
  const label = task.labels?.titleRef;
  return [
    { ...startedBy(id, ctx.podDoc.place), ...versioned({ titleRef: label }), titleRef: ctx.text(title, label) },
    { v: 1, on: 'tasks', id: task.id, type: 'task_updated', conversation: id },
  ];
}
