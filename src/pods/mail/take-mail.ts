// take_mail (Skein's own): a mail to the pod becomes a conversation, its first message and a task, all in one commit.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { idOf } from '../../log/ids.ts';
import { outside, versioned } from '../../log/labels/label.ts';
import { type AgentId, isAgent, isPerson, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { mailedBy, newMessage } from '../conversations/new-message.ts';
import { startedBy } from '../conversations/post-message.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { needPod } from '../need.ts';
import { memberNamed } from '../people/directory.ts';
import { knownIn } from '../people/known-names.ts';
import { cleanTitle } from '../people/names.ts';

export const takeMail = action({
  name: 'take_mail',
  title: 'Take a mail',
  description: 'Makes a task of a mail to the pod.',
  input: z.strictObject({
    title: z.string().trim().min(1).max(300).overwrite(cleanTitle),
    /** What the sender wrote, without quotes and signature. */
    text: z.string().max(100_000),
    /** Names of files of the pod that came with it. */
    files: z.array(z.string()).max(100).default([]),
    /** What Skein says of how it was read: sentences. */
    notes: z.array(z.string().max(1_000)).max(50).optional(),
    /** The agent whose address it was sent to. */
    handle: z.string().optional(),
    /** Members who got a copy. */
    followers: z.array(z.string()).max(100).default([]),
    /** False in one person's own pod: there it is a conversation and no more. */
    task: z.boolean().default(true),
    /** The title is another's words: the subject of a mail that was forwarded or answered. */
    outsideTitle: z.boolean().default(false),
    /** An owner let it in; where its sender is not proved, they may be another than they seem. */
    letIn: z.enum(['proved', 'unproved']).optional(),
    /** The sender is told what was understood. */
    acknowledge: z.boolean().default(true),
  }),
  effect: 'write',
  internal: true,
  async load(read, { text, handle, followers }, ctx) {
    const named = handle ? await memberNamed(read, ctx.pod, handle) : undefined;
    if (named && !isAgent(named.id)) throw new InvalidInput(`“${named.name}” is no agent, so it has no mail address.`);
    const known = await knownIn(read, ctx.pod, [text]);
    return {
      agent: named && (named.id as AgentId),
      known,
      followers: await membersAmong(read, ctx.pod, followers),
    };
  },
  decide(view, { title, text, files, notes = [], task: wantsTask, outsideTitle, letIn, acknowledge }, ctx) {
    const pod = needPod(ctx);
    const { origin } = ctx;
    if (origin?.kind !== 'email') throw new InvalidInput('take_mail is for mails only.');
    const [conversation, message] = [idOf('c', ctx.pod, ctx.key), ctx.id('m')];
    const number = wantsTask ? pod.tasks + 1 : undefined;
    const wanted = view.agent ?? pod.defaultAgent;
    // Such a title addresses nobody, and is shown as it is.
    const theirs = outsideTitle ? outside({ kind: 'mail', by: ctx.actor }) : undefined;
    const titled = versioned({ titleRef: theirs });
    const added = newMessage(
      ctx,
      { id: conversation, doc: undefined },
      {
        message,
        text: text || (outsideTitle ? '' : title),
        known: view.known,
        at: origin.at ?? ctx.at,
        ...(wanted ? { wanted } : {}),
        words: text,
        mail: ([agent]) => ({
          subject: { text: title, ...(theirs ? { label: theirs } : {}) },
          files,
          notes,
          ...(number === undefined ? {} : { task: number }),
          ...(agent ? { agent } : {}),
          ...(letIn ? { letIn } : {}),
        }),
      },
    );
    const [agent] = added.meant.agents;
    // Who is not to be answered is not written to later either.
    const people = [...new Set([...(origin.quiet ? [] : [ctx.actor]), ...view.followers])].filter(isPerson);
    const task = { id: ctx.id('t'), number: number ?? 0, titleRef: ctx.text(title, theirs) };
    const created: Change[] = [
      {
        ...titled,
        on: 'tasks',
        type: 'task_created',
        ...task,
        ...(text ? { body: ctx.text(text) } : {}),
        ...(agent ? { assignee: agent } : {}),
        conversation,
        followers: view.followers,
      },
      { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: task.number },
    ];
    return {
      changes: [
        // The conversation stores its own copy of the title, since erasing the task erases the task's.
        { ...startedBy(conversation, pod.place), ...titled, titleRef: ctx.text(title, theirs) },
        ...added.changes,
        mailedBy(conversation, people, origin),
        ...(wantsTask ? created : []),
      ],
      deliveries: [
        ...(acknowledge && wantsTask ? [acknowledgement(ctx, conversation, message)] : []),
        ...added.deliveries,
      ],
      result: { conversation, message, files: files.length, ...(wantsTask ? { task: { id: task.id, number } } : {}) },
    };
  },
});

function acknowledgement(ctx: Ctx, conversation: string, message: string): DeliveryWish {
  return { kind: 'mail', about: 'acknowledgement', conversation, message, to: [ctx.actor].filter(isPerson) };
}

/** Those of these people who are members, so that nobody learns of the pod by being in a copy. */
async function membersAmong(read: Reader, pod: string, people: readonly string[]): Promise<PersonId[]> {
  const ids = people.filter(isPerson);
  const members = await Promise.all(ids.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return ids.filter((_, n) => members[n]?.state === 'in');
}
