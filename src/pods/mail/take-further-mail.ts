// take_further_mail (Skein's own): a further mail of somebody outside joins the conversation that their first mail began.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { action } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { newMessage } from '../conversations/new-message.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { knownAndAbsent } from '../people/known-names.ts';
import { conversationNamed, requirePod } from '../require.ts';
import { ready } from '../tasks/graph/ready.ts';
import { TASKS, type TaskDoc } from '../tasks/task.ts';
import { letInMessage, type OutsideSender, outsideSender } from './outside-sender.ts';

export const takeFurtherMail = action({
  name: 'take_further_mail',
  title: 'Take a further mail',
  description: 'Adds a further mail of somebody outside to the conversation that their first mail began.',
  input: z.strictObject({
    conversation: z.string(),
    /** The authenticated address of its sender. */
    from: z.string().max(400),
    /** The names of the mail's attachments, which are files of the pod. */
    files: z.array(z.string()).max(100).default([]),
    /** Skein's remarks on how the mail was read. */
    notes: z.array(z.string().max(1_000)).max(50).default([]),
  }),
  effect: 'write',
  internal: true,
  async load(read, { conversation }, ctx) {
    const talk = await conversationNamed(read, ctx.pod, conversation);
    const told = await toTellOf(read, talk);
    const names = await namesOfAll(read, told);
    const text = `${told.map((one) => `@${called(names, one).handle}`).join(' ')} The sender from outside has written again.`;
    return {
      ...{ talk, told, text },
      sender: await outsideSender(read, talk.id),
      ...(await knownAndAbsent(read, ctx.pod, [text])),
    };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein takes such mails.',
  decide({ talk, told, text, sender, known, absent }, { from, files, notes }, ctx) {
    requirePod(ctx);
    const { origin } = ctx;
    if (origin?.kind !== 'email' || !origin.outside) throw new InvalidInput('take_further_mail is for mails only.');
    if (!isSender(sender, from))
      throw new NotAllowed('Another sender began the conversation, or it is not proved who.');
    if (!told.length) throw new Conflict(NOBODY_TOLD);
    const message = ctx.id('m');
    const added = newMessage(
      ctx,
      { id: talk.id, doc: talk },
      { message, text, known, absent, at: origin.at ?? ctx.at, mail: () => ({ files, notes }) },
    );
    return { changes: added.changes, deliveries: added.deliveries, result: { message: { id: message } } };
  },
});

/** True if this authenticated address is that of whoever began the conversation, and their first mail was theirs too. */
export function isSender(sender: OutsideSender | undefined, from: string): sender is OutsideSender {
  return sender?.proved === true && from !== '' && sender.address.toLowerCase() === from.toLowerCase();
}

export const NOBODY_TOLD = 'Nobody who has its task is in this pod any more.';

/** The most tasks of a conversation that are looked at, and the most people who are told. */
const MOST_TASKS = 100;
const MOST_TOLD = 5;

/**
 * Returns the members to whom a further mail matters: those with a task there that can go on, else whoever gave these
 * tasks, or let the first mail in. An agent goes on with it by a person's word.
 */
export async function toTellOf(
  read: Reader,
  { id: conversation, pod }: Pick<ConversationDoc, 'id' | 'pod'>,
): Promise<PersonId[]> {
  const tasks = await read.find(TASKS, { where: { conversation }, sort: [['number', 'asc']], limit: MOST_TASKS });
  const first = await letInMessage(read, conversation);
  const having = await membersAmong(
    read,
    pod,
    tasks.filter(ready).map(({ assignee }) => assignee),
  );
  if (having.length) return having.slice(0, MOST_TOLD);
  return (await membersAmong(read, pod, [...tasks.flatMap(giversOf), first?.by])).slice(0, 1);
}

function giversOf({ givenBy, createdBy, assignee }: TaskDoc): (string | undefined)[] {
  return [givenBy, createdBy, assignee];
}

async function membersAmong(read: Reader, pod: string, ids: readonly (string | undefined)[]): Promise<PersonId[]> {
  const people = [...new Set(ids.filter((id): id is PersonId => id !== undefined && isPerson(id)))];
  const members = await Promise.all(people.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return people.filter((_, n) => members[n]?.state === 'in');
}
