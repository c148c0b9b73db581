// take_mail (Skein's own): turns a mail to the pod into a conversation, a message and a task, in one commit.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { idOf } from '../../log/ids.ts';
import { outside, versioned } from '../../log/labels/label.ts';
import { type AgentId, isAgent, isPerson, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { newMessage } from '../conversations/new-message.ts';
import { mailedBy } from '../conversations/origin/by-mail.ts';
import { startedBy } from '../conversations/origin/started-by.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { fileId } from '../files/files.ts';
import type { Change } from '../kinds.ts';
import { localDay } from '../local-time.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { atLeast } from '../members/rights.ts';
import { namedDay } from '../named-day.ts';
import { memberNamed } from '../people/directory.ts';
import { knownAndAbsent } from '../people/known-names.ts';
import { cleanTitle } from '../people/names.ts';
import { PEOPLE } from '../people/person.ts';
import { hoursOf, PREFERENCES } from '../preferences/preference.ts';
import { requirePod } from '../require.ts';
import { giverIn } from '../tasks/giving/givers.ts';
import { MOST_FILES } from '../tasks/task.ts';
import { type Begins, begins } from '../workflows/by-mail/begin-by-mail.ts';
import { refusedNow } from '../workflows/by-mail/mail-workflow.ts';
import { acknowledgement } from './acknowledgement.ts';
import { joinTask, taskFrom } from './join-task.ts';

export const takeMail = action({
  name: 'take_mail',
  title: 'Take a mail',
  description:
    'Makes a task of a mail to the pod. A mail that was forwarded before joins the task that was made of it.',
  input: z.strictObject({
    title: z.string().trim().min(1).max(300).overwrite(cleanTitle),
    /** The sender's own words, without quotes and signature. */
    text: z.string().max(100_000),
    /** The names of the mail's attachments, which are files of the pod. */
    files: z.array(z.string()).max(100).default([]),
    /** Skein's remarks on how the mail was read. */
    notes: z.array(z.string().max(1_000)).max(50).optional(),
    /** The name of the agent in the address to which the mail was sent. */
    handle: z.string().optional(),
    followers: z.array(z.string()).max(100).default([]),
    /** False in a person's own pod: there a mail makes only a conversation. */
    task: z.boolean().default(true),
    /** True if somebody else wrote the title, as in the subject of a forwarded or answered mail. */
    outsideTitle: z.boolean().default(false),
    /** Set if it is a stranger's mail. `unproved`: somebody else may have sent it in the sender's name. */
    letIn: z.enum(['proved', 'unproved', 'starts']).optional(),
    /** Fingerprints of what others wrote in the mail. */
    sources: z.array(z.string().max(64)).max(20).default([]),
    /** The workflow that the mail starts, in its own conversation. `counted`: within what the pod has set. */
    begins: begins.extend({ counted: z.boolean().default(false) }).optional(),
    /** True if the sender gets a reply that says how the mail was understood. */
    acknowledge: z.boolean().default(true),
  }),
  effect: 'write',
  internal: true,
  async load(read, { title, text, task, outsideTitle, letIn, handle, followers, sources, begins }, ctx) {
    const named = handle ? await memberNamed(read, ctx.pod, handle) : undefined;
    if (named && !isAgent(named.id)) throw new InvalidInput(`“${named.name}” is no agent, so it has no mail address.`);
    const { known, absent } = await knownAndAbsent(read, ctx.pod, [text]);
    // The steps of a workflow say who begins.
    const usual = named || begins ? undefined : ctx.podDoc?.defaultAgent;
    return {
      // Until 0.1.0 an agent that left stayed the default.
      usual: usual && (await read.get(MEMBERS, memberId(ctx.pod, usual)))?.state === 'in' ? usual : undefined,
      agent: named && (named.id as AgentId),
      known,
      absent,
      followers: await membersAmong(read, ctx.pod, followers),
      joins: (task && !letIn) || begins ? await taskFrom(read, ctx, sources) : undefined,
      proposed: task ? await dayIn(read, ctx, outsideTitle ? [text] : [text, title]) : undefined,
    };
  },
  // A talk is a message and no task, so a guest may begin it.
  allow: (_view, { task, begins }, ctx) =>
    atLeast(ctx.role, task || begins ? 'member' : 'guest') ||
    `Only members of this pod can make a task of a mail, and you are a guest. Ask an owner.`,
  decide(view, input, ctx) {
    const {
      title,
      text,
      files,
      notes = [],
      sources,
      task: wantsTask,
      outsideTitle,
      letIn,
      begins,
      acknowledge,
    } = input;
    const pod = requirePod(ctx);
    const { origin } = ctx;
    if (origin?.kind !== 'email') throw new InvalidInput('take_mail is for mails only.');
    if (view.joins)
      return joinTask(ctx, origin, { ...view, ...view.joins }, { text, files, notes, sources, acknowledge });
    const over = begins?.counted && pod.mailWorkflow && refusedNow(pod.mailWorkflow, ctx.at);
    if (over) throw new Conflict(over);
    const [conversation, message] = [idOf('c', ctx.pod, ctx.key), ctx.id('m')];
    const number = wantsTask ? pod.tasks + 1 : undefined;
    const wanted = view.agent ?? view.usual;
    // A title that somebody else wrote addresses nobody, and stays as it is.
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
    // A sender who must get no reply must get no later mail either.
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
        ...(view.proposed ? { proposed: view.proposed } : {}),
        ...giverIn(ctx, agent),
        conversation,
        followers: view.followers,
        ...(sources.length ? { sources } : {}),
        ...(files.length ? { files: files.slice(0, MOST_FILES).map((name) => fileId(ctx.pod, name)) } : {}),
      },
      { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: task.number },
    ];
    return {
      changes: [
        // The conversation gets its own copy of the title, because the erasure of the task erases the task's copy.
        { ...startedBy(conversation, pod.place), ...titled, titleRef: ctx.text(title, theirs) },
        ...added.changes,
        mailedBy(conversation, people, origin, pod.mailThread),
        ...(wantsTask ? created : []),
        ...(begins?.counted
          ? [{ v: 1 as const, on: 'pods' as const, id: ctx.pod, type: 'mail_workflow_started' as const }]
          : []),
      ],
      deliveries: [
        ...(acknowledge && wantsTask ? [acknowledgement(ctx, conversation, message)] : []),
        ...added.deliveries,
        ...(begins ? [beginning(ctx, { begins, conversation, sources })] : []),
      ],
      result: { conversation, message, files: files.length, ...(wantsTask ? { task: { id: task.id, number } } : {}) },
    };
  },
});

/** The workflow begins by a commit of its own, after this one: it stands on the conversation that this one makes. */
function beginning(
  { pod, actor, key }: Ctx,
  { begins, conversation, sources }: { begins: Begins; conversation: string; sources: string[] },
): DeliveryWish {
  const { workflow, roles, for: wanted } = begins;
  return {
    ...{ kind: 'act', in: pod, action: 'begin_by_mail', actor: wanted ? 'skein' : actor, key: `begin:${key}` },
    input: { conversation, workflow, roles, sources, ...(wanted ? { for: wanted } : {}) },
  };
}

/** Returns the day that the sender's own words name, by their time zone and as it was when they wrote. */
async function dayIn(read: Reader, { actor, origin, at }: Ctx, words: readonly string[]) {
  if (!isPerson(actor) || !words.some((one) => namedDay(one, localDay('UTC', at)))) return undefined;
  const [person, preference] = await Promise.all([read.get(PEOPLE, actor), read.get(PREFERENCES, actor)]);
  const { timeZone } = hoursOf(preference, person);
  const written = localDay(timeZone, (origin?.kind === 'email' && origin.at) || at);
  const [found] = words.flatMap((one) => namedDay(one, written) ?? []);
  // A mail may arrive after the day that it names.
  return found && found.day >= localDay(timeZone, at) ? found : undefined;
}

/**
 * Returns the members among the people. A person who is no member must not learn of the pod through a copy of the mail.
 */
async function membersAmong(read: Reader, pod: string, people: readonly string[]): Promise<PersonId[]> {
  const ids = people.filter(isPerson);
  const members = await Promise.all(ids.map((one) => read.get(MEMBERS, memberId(pod, one))));
  return ids.filter((_, n) => members[n]?.state === 'in');
}
