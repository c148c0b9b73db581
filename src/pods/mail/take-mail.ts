// take_mail (Skein's own): turns a mail to the pod into a conversation, a message and a task, in one commit.
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
import { memberNamed } from '../people/directory.ts';
import { knownAndAbsent } from '../people/known-names.ts';
import { cleanTitle } from '../people/names.ts';
import { requirePod } from '../require.ts';

export const takeMail = action({
  name: 'take_mail',
  title: 'Take a mail',
  description: 'Makes a task of a mail to the pod.',
  input: z.strictObject({
    title: z.string().trim().min(1).max(300).overwrite(cleanTitle),
    /** The sender's words, without quotes and signature. */
    text: z.string().max(100_000),
    /** Names of files of the pod that came with it. */
    files: z.array(z.string()).max(100).default([]),
    /** Skein's remarks on how the mail was read. */
    notes: z.array(z.string().max(1_000)).max(50).optional(),
    /** The agent's name in the address it was sent to. */
    handle: z.string().optional(),
    followers: z.array(z.string()).max(100).default([]),
    /** False in a person's own pod, where a mail makes a conversation only. */
    task: z.boolean().default(true),
    /** True if somebody else wrote the title: the subject of a forwarded or answered mail. */
    outsideTitle: z.boolean().default(false),
    /** Set if an owner accepted it. `unproved`: the sender may be somebody else. */
    letIn: z.enum(['proved', 'unproved']).optional(),
    /** The sender gets a reply that says what was understood. */
    acknowledge: z.boolean().default(true),
  }),
  effect: 'write',
  internal: true,
  async load(read, { text, handle, followers }, ctx) {
    const named = handle ? await memberNamed(read, ctx.pod, handle) : undefined;
    if (named && !isAgent(named.id)) throw new InvalidInput(`“${named.name}” is no agent, so it has no mail address.`);
    const { known, absent } = await knownAndAbsent(read, ctx.pod, [text]);
    return {
      agent: named && (named.id as AgentId),
      known,
      absent,
      followers: await membersAmong(read, ctx.pod, followers),
    };
  },
  decide(view, { title, text, files, notes = [], task: wantsTask, outsideTitle, letIn, acknowledge }, ctx) {
    const pod = requirePod(ctx);
    const { origin } = ctx;
    if (origin?.kind !== 'email') throw new InvalidInput('take_mail is for mails only.');
    const [conversation, message] = [idOf('c', ctx.pod, ctx.key), ctx.id('m')];
    const number = wantsTask ? pod.tasks + 1 : undefined;
    const wanted = view.agent ?? pod.defaultAgent;
    // A title from outside addresses nobody, and stays as it is.
    const theirs = outsideTitle ? outside({ kind: 'mail', by: ctx.actor }) : undefined;
    const titled = versioned({ titleRef: theirs });
    const added = newMessage(
      ctx,
      { id: conversation, doc: undefined },
      {
        message,
        text: text || (outsideTitle ? '' : title),
        known: view.known,
        absent: view.absent,
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
    // A sender who must get no reply gets no later mail either.
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

/** Only the members among them: a copy of a mail must not tell others of the pod. */
async function membersAmong(read: Reader, pod: string, people: readonly string[]): Promise<PersonId[]> {
  const ids = people.filter(isPerson);
  const members = await Promise.all(ids.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return ids.filter((_, n) => members[n]?.state === 'in');
}
