// separate_mail: makes a task of its own of a mail that joined the task of an earlier one. It undoes the joining.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { versioned } from '../../log/labels/label.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import type { MessageDoc } from '../conversations/message.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { conversationNamed, messageNamed, requirePod } from '../require.ts';
import { opened } from '../tasks/cards/opened.ts';
import { giverIn } from '../tasks/giving/givers.ts';
import { callingOf, setToWork } from '../tasks/set-to-work.ts';
import { TASKS } from '../tasks/task.ts';
import { joinedIn } from './join-task.ts';
import { written } from './mail-words.ts';
import { partRefs, partsOf } from './message-parts.ts';

export const separateMail = action({
  name: 'separate_mail',
  title: 'Make it a task of its own',
  description:
    'Makes a task of its own of a mail that joined a task because somebody had forwarded it before; its sender is told.',
  input: z.strictObject({ message: z.string().describe('The id of the message that says so') }),
  effect: 'write',
  async load(read, { message: id }, ctx) {
    const message = await messageNamed(read, ctx.pod, id);
    const talk = await conversationNamed(read, ctx.pod, message.conversation);
    const [texts, joined, agent, names] = await Promise.all([
      read.texts([talk.titleRef, ...partRefs(message)]),
      joinedBy(read, ctx, message),
      usualAgent(read, ctx),
      namesOfAll(read, [ctx.actor, message.by]),
    ]);
    const title = texts.get(talk.titleRef ?? '') ?? ERASED;
    const calling = await callingOf(read, ctx, { assignee: agent });
    return { message, talk, title, words: written(partsOf(message, texts)), ...joined, agent, calling, names };
  },
  decide({ message, talk, title, words, joins, from, agent, calling, names }, _input, ctx) {
    const pod = requirePod(ctx);
    const { task: number, separated } = message.mail ?? {};
    if (separated) throw new Conflict(`This mail is a task of its own already: #${number}.`);
    if (!joins || !message.mail?.joined) throw new NotFound('This message is no mail that joined a task.');
    const label = talk.labels?.titleRef;
    const task = { id: ctx.id('t'), number: pod.tasks + 1 };
    const set = agent
      ? setToWork(ctx, calling, { why: 'given', task: { ...task, title, label }, to: agent })
      : opened(ctx, pod, { ...task, title, label });
    const conversation = set.told.conversation ?? '';
    const text = [words, `The forwarded mail is in the conversation of #${number}.`].filter(Boolean).join('\n\n');
    const { followers, sources } = joins;
    const people = [...new Set([...[message.by].filter(isPerson), ...followers])];
    const told = toldOf(ctx, message.by, { conversation, number: task.number, names });
    return {
      changes: [
        {
          ...versioned({ titleRef: label }),
          ...{ on: 'tasks', ...task, type: 'task_created', titleRef: ctx.text(title, label), body: ctx.text(text) },
          ...{ followers: people, sources },
          ...(agent ? { assignee: agent } : {}),
          ...giverIn(ctx, agent),
          ...set.told,
        },
        { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: task.number },
        ...set.changes,
        { v: 1, on: 'conversations', id: conversation, type: 'conversation_mailed', people },
        { v: 1, on: 'messages', id: message.id, type: 'mail_separated', task: task.number },
        ...(from ? [{ v: 1 as const, on: 'tasks' as const, id: from, type: 'mail_parted' as const, followers }] : []),
        ...left(talk, followers),
        ...told.changes,
      ],
      deliveries: [
        ...(message.ours ? [{ kind: 'update' as const, conversation: talk.id, message: message.id }] : []),
        ...set.deliveries,
        ...told.deliveries,
      ],
      result: { task: { id: task.id, number: task.number, conversation } },
    };
  },
});

/** Tells in words whoever forwarded the mail that somebody else has made a task of it, and where it goes on. */
function toldOf(
  ctx: Ctx,
  author: ParticipantId,
  {
    conversation,
    number,
    names,
  }: { conversation: string; number: number; names: Awaited<ReturnType<typeof namesOfAll>> },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  if (!isPerson(author) || !conversation || [ctx.actor, ctx.onBehalfOf].includes(author))
    return { changes: [], deliveries: [] };
  const id = ctx.id('m', 2);
  const text = `${called(names, ctx.actor).name} made a task of its own of the mail from ${called(names, author).name}: #${number}.`;
  return {
    changes: [
      {
        ...{ v: 1, on: 'messages', id, type: 'message_posted', conversation, by: 'skein', at: ctx.at },
        ...{ body: ctx.text(text), places: [] },
      },
      { v: 1, on: 'conversations', id: conversation, type: 'message_added', by: 'skein', addressed: [], aside: true },
    ],
    deliveries: [
      { kind: 'post', conversation, message: id },
      { kind: 'mail', about: 'message', conversation, message: id, to: [author] },
    ],
  };
}

/** The people who followed the conversation before the mail joined it follow it still. */
function left({ id, mail }: ConversationDoc, followers: readonly PersonId[]): Change[] {
  if (!mail) return [];
  const people = mail.people.filter((one) => !followers.includes(one));
  const cc = mail.cc ? { cc: mail.cc } : {};
  return [{ v: 1, on: 'conversations', id, type: 'conversation_mailed', people, ...cc, only: true }];
}

/** Returns what the mail changed in the task that it joined, and the id of that task unless it was erased. */
async function joinedBy(read: Reader, { pod }: Ctx, { posted }: MessageDoc) {
  const [commit] = await read.commits(pod, posted, posted);
  const joins = commit && joinedIn(commit);
  const task = joins && (await read.get(TASKS, joins.id));
  return { joins, from: task && !task.erased ? task.id : undefined };
}

async function usualAgent(read: Reader, { pod, podDoc }: Ctx) {
  const usual = podDoc?.defaultAgent;
  return usual && (await read.get(MEMBERS, memberId(pod, usual)))?.state === 'in' ? usual : undefined;
}
