// ask: puts a question to people, in the thread and by Slack or mail. Returns at once; the answer wakes the agent
// later.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { causeOf } from '../conversations/cause.ts';
import { newMessage } from '../conversations/new-message.ts';
import { ownerDocs } from '../members/members-of.ts';
import { memberNamed, presentAmong } from '../people/directory.ts';
import { MEMBERS_INPUT } from '../people/names.ts';
import { conversationNamed, minute, requirePod, taskNamed } from '../require.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../tasks/task.ts';
import { taskInput } from '../tasks/task-words.ts';
import { hoursOfAsked } from './due/hours-of-asked.ts';
import { type AskedHours, NEEDED_BY, neededByAll, reminderAt } from './due/needed-by.ts';
import { numberOf, QUESTIONS } from './question.ts';

/** The most open questions in one conversation. People would not answer more. */
const MOST_OPEN = 20;
const MOST_ASKED = 10;
const OWNERS = 'owners';

export const ask = action({
  name: 'ask',
  title: 'Ask people',
  description:
    'Puts a question to members, or to “owners”, when you need their answer to go on: they are told, all can read it. Returns at once; you are woken with the answer. Go on with what does not need it.',
  input: z.strictObject({
    to: z.array(z.string().min(1)).min(1).max(MOST_ASKED).describe(`${MEMBERS_INPUT}, or owners`),
    question: z.string().trim().min(1).max(4000),
    options: z.array(z.string().trim().min(1).max(75)).max(10).default([]).describe('Choices, as buttons'),
    answers: z.int().min(1).max(MOST_ASKED).default(1).describe('How many must answer'),
    needed_by: z
      .string()
      .regex(NEEDED_BY, 'Write a day, a local time, or hours: 2026-12-01, 2026-12-01T15:00 or 4h.')
      .optional()
      .describe('2026-12-01, 2026-12-01T15:00 or 4h, in the hours of who is asked'),
    otherwise: z.string().min(1).optional().describe('The option you take if nobody answers in time'),
    fallback: z.string().min(1).optional().describe('Whom to ask if they do not answer'),
    conversation: z.string().optional().describe('Yours when absent'),
    task: taskInput.optional(),
  }),
  effect: 'write',
  ofRun: true,
  allow: 'guest',
  async load(read, { to, fallback, conversation, task }, ctx) {
    const home = conversation ?? ctx.conversation;
    if (!home)
      throw new InvalidInput('In which conversation? Give its id; read_conversation with the id “all” lists them.');
    const doc = await conversationNamed(read, ctx.pod, home);
    const owners = to.some(isOwners) ? await ownersOf(read, ctx.pod, ctx.actor) : [];
    const people = await Promise.all(to.filter((one) => !isOwners(one)).map((one) => memberNamed(read, ctx.pod, one)));
    const [newest] = await read.find(QUESTIONS, { where: { pod: ctx.pod }, sort: [['number', 'desc']], limit: 1 });
    return {
      ...{ doc, people, owners },
      number: (newest?.number ?? 0) + 1,
      fallback: fallback ? await memberNamed(read, ctx.pod, fallback) : undefined,
      task: task ? await taskNamed(read, ctx.pod, task) : await taskIn(read, doc.id, ctx.actor),
      hours: await hoursOfAsked(read, [...people, ...owners].map(({ id }) => id).filter(isPerson), ctx.at),
      cause: await causeOf(read, ctx, { id: doc.id, doc }),
    };
  },
  decide(view, input, ctx) {
    requirePod(ctx);
    const { doc, owners, number, fallback, task, hours, cause } = view;
    const asked = personsAmong([...new Map(view.people.map((one) => [one.id, one])).values()], ctx);
    const all = [...new Map([...asked, ...owners].map((one) => [one.id, one])).values()];
    refuseUnfit(input, { asked: asked.length, owners: owners.length, open: doc.questions?.length ?? 0 });
    if (fallback && !isPerson(fallback.id))
      throw new InvalidInput(`${fallback.name} is an agent; the fallback is a person.`);
    const [id, message] = [ctx.id('q'), ctx.id('m')];
    const needed = owners.length ? 1 : input.answers;
    const neededBy = input.needed_by === undefined ? undefined : timeOf(input.needed_by, ctx.at, { hours, needed });
    const options = input.options.map((one) => ctx.text(one));
    const otherwise = options[input.options.indexOf(input.otherwise ?? '')];
    const text = `${all.map(({ handle }) => `@${handle}`).join(' ')} ${input.question}`;
    const names = new Map(all.map((one) => [one.handle.toLowerCase(), one.id as ParticipantId]));
    const added = newMessage(ctx, { id: doc.id, doc, cause }, { message, text, known: names, at: ctx.at });
    const mailed = added.deliveries.flatMap((one) => (one.kind === 'mail' ? one.to : []));
    const live = asked.flatMap((one) => (isPerson(one.id) && mailed.includes(one.id) ? [one.id] : []));
    return {
      changes: [
        ...added.changes.map((one) => (one.type === 'message_posted' ? { ...one, question: id } : one)),
        {
          ...{ v: 1, on: 'questions', id, type: 'question_asked', number, conversation: doc.id, message },
          ...{ body: ctx.text(input.question), options, needed },
          asked: asked.map((one) => one.id as PersonId),
          ...(owners.length ? { role: 'owners' as const } : {}),
          ...(neededBy === undefined ? {} : { neededBy }),
          ...(fallback ? { fallback: fallback.id as PersonId } : {}),
          ...(otherwise ? { otherwise } : {}),
          ...(task ? { task: task.id } : {}),
          ...(live.length ? { live } : {}),
          dueAt: Math.min(...hours.map((one) => reminderAt(ctx.at, neededBy, one))),
        },
        { v: 1, on: 'conversations', id: doc.id, type: 'question_opened', question: id },
      ],
      deliveries: added.deliveries,
      result: {
        question: {
          ...{ id, number: numberOf({ number }), to: all.map(({ name }) => name) },
          ...(neededBy === undefined ? {} : { needed_by: minute(neededBy) }),
        },
        message: { id: message },
      },
    };
  },
});

function isOwners(name: string): boolean {
  return name.trim().toLowerCase() === OWNERS;
}

/** Returns the owners who may be asked: all but whoever asks. */
async function ownersOf(read: Reader, pod: string, asker: ParticipantId): Promise<Named[]> {
  return (await presentAmong(read, await ownerDocs(read, pod))).filter(({ id }) => isPerson(id) && id !== asker);
}

/**
 * Returns the task of this participant in the conversation, if there is exactly one. The question belongs to that task.
 */
async function taskIn(read: Reader, conversation: string, who: ParticipantId): Promise<TaskDoc | undefined> {
  const tasks = await read.find(TASKS, { where: { conversation }, limit: 100 });
  const held = tasks.filter(({ state, assignee }) => assignee === who && ACTIVE.some((one) => one === state));
  return held.length === 1 ? held[0] : undefined;
}

function personsAmong(people: readonly Named[], ctx: Ctx): Named[] {
  const agent = people.find(({ id }) => !isPerson(id));
  if (agent)
    throw new InvalidInput(
      `${agent.name} is an agent: begin a line with @${agent.handle} to ask it. ask is for people.`,
    );
  if (people.some(({ id }) => id === ctx.actor)) throw new InvalidInput('You would ask yourself. Name somebody else.');
  return [...people];
}

interface Sizes {
  asked: number;
  owners: number;
  open: number;
}

function refuseUnfit(
  {
    options,
    answers,
    otherwise,
    needed_by,
  }: { options: string[]; answers: number; otherwise?: string | undefined; needed_by?: string | undefined },
  { asked, owners, open }: Sizes,
): void {
  if (!asked && !owners) throw new InvalidInput('This pod has no other owner who could be asked. Name a member.');
  if (!owners && answers > asked)
    throw new InvalidInput(
      `${answers} answers are wanted, and only ${asked} are asked. Name more people, or want fewer answers.`,
    );
  if (new Set(options.map((one) => one.toLowerCase())).size < options.length)
    throw new InvalidInput('Two options read the same. Give each once.');
  if (otherwise !== undefined && !options.includes(otherwise))
    throw new InvalidInput('`otherwise` is one of the options, word for word.');
  if (otherwise !== undefined && needed_by === undefined)
    throw new InvalidInput('`otherwise` needs a time: say by `needed_by` when to stop waiting.');
  if (open >= MOST_OPEN)
    throw new Conflict(
      `${open} questions are open in this conversation. Wait for answers, or take some back with withdraw_question.`,
    );
}

/** @throws InvalidInput for a time that is over or does not exist */
function timeOf(text: string, at: number, asked: { hours: readonly AskedHours[]; needed: number }): number {
  const moment = neededByAll(text, at, asked);
  if (moment !== undefined) return moment;
  throw new InvalidInput(`“${text}” is over, or is no date. Write a later day or time, or hours like 4h.`);
}
