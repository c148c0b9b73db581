// put_steps (Skein's own): puts the calls of one turn of an agent to the people who go with every step, or who named the checkpoint
// to which it has come, as one list. The newest
// list takes the place of an earlier one that is still open.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { isAgent, isPerson, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx, type Decision } from '../../action.ts';
import { causeOf } from '../../conversations/cause.ts';
import { newMessage } from '../../conversations/new-message.ts';
import { listsAll } from '../../conversations/words/steps.ts';
import { isNamed, readStops } from '../../involvement/checkpoints.ts';
import { present } from '../../members/present.ts';
import { askersOf } from '../../members/rights.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { hoursOfAsked } from '../../questions/due/hours-of-asked.ts';
import { reminderAt } from '../../questions/due/needed-by.ts';
import { numberOf, QUESTIONS } from '../../questions/question.ts';
import { openQuestions, together, withdraw } from '../../questions/settling/settle.ts';
import { stepOptions } from '../../questions/settling/settle-steps.ts';
import { conversationNamed, requirePod, taskNamed } from '../../require.ts';
import { holdersIn } from './holders.ts';

export interface PutSteps {
  /** Absent: nobody goes with every step any more. */
  question?: { id: string; number: string; to: string[] };
}

const input = z.strictObject({
  conversation: z.string(),
  calls: z
    .array(
      z.strictObject({
        ...{ key: z.string(), hash: z.string(), words: z.string() },
        at: z.strictObject({ task: z.string(), name: z.string() }).optional().describe('The checkpoint'),
        draft: z.literal(true).optional().describe('Its words show a difference'),
      }),
    )
    .min(1)
    .max(40),
});

export const putSteps = action({
  name: 'put_steps',
  title: 'Ask about the next steps',
  description: 'Asks the people who go with every step whether an agent may make the calls of a turn.',
  input,
  effect: 'write',
  internal: true,
  async load(read, { conversation, calls }, ctx) {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    const points = calls.flatMap(({ at }) => at ?? []);
    const stops = (await Promise.all(points.map((at) => stopsAt(read, ctx, at)))).flat();
    const askers = calls.some(({ draft }) => draft) ? await present(read, ctx.pod, askersOf(ctx)) : [];
    const holders = await holdersIn(read, ctx, conversation);
    const who = [...new Set([...askers, ...holders, ...stops.map((one) => one.who)])];
    const steps = doc.atWork?.find(({ agent }) => agent === ctx.actor)?.steps;
    const [open] = await openQuestions(read, steps ? [steps.question] : []);
    const [newest] = await read.find(QUESTIONS, { where: { pod: ctx.pod }, sort: [['number', 'desc']], limit: 1 });
    return {
      ...{ doc, who, steps, open, stops },
      number: (newest?.number ?? 0) + 1,
      names: await namesOfAll(read, [...who, ctx.actor, ...(open?.question.asked ?? [])]),
      hours: await hoursOfAsked(read, who, ctx.at),
      cause: await causeOf(read, ctx, { id: doc.id, doc }),
    };
  },
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only an agent asks about its own steps.',
  decide({ doc, who, steps, open, stops, number, names, hours, cause }, { calls }, ctx): Decision<PutSteps> {
    requirePod(ctx);
    const agent = ctx.actor;
    if (!isAgent(agent) || !who.length) return { changes: [], result: {} };
    const namesOf = (ids: readonly ParticipantId[]) => ids.map((id) => called(names, id).name);
    if (open && listsAll(steps, calls)) {
      const { id, asked } = open.question;
      return { changes: [], result: { question: { id, number: numberOf(open.question), to: namesOf(asked) } } };
    }
    const replaced = together(open ? [withdraw(open, 'asker')] : []);
    const [id, message] = [ctx.id('q'), ctx.id('m')];
    const [point] = stops;
    const body = listWords(called(names, agent).name, calls);
    const handles = who.map((one) => called(names, one).handle);
    const known = new Map<string, ParticipantId>(who.map((one, n) => [handles[n]?.toLowerCase() ?? '', one]));
    const text = `${handles.map((one) => `@${one}`).join(' ')} ${body}`;
    const added = newMessage(ctx, { id: doc.id, doc, cause }, { message, text, known, at: ctx.at });
    const mailed = added.deliveries.flatMap((one) => (one.kind === 'mail' ? one.to : []));
    const live = who.filter((one) => isPerson(one) && mailed.includes(one));
    return {
      changes: [
        ...replaced.changes,
        ...added.changes.map((one) => (one.type === 'message_posted' ? { ...one, question: id } : one)),
        {
          ...{ v: 1, on: 'questions', id, type: 'question_asked', number, conversation: doc.id, message },
          ...{
            body: ctx.text(body),
            options: stepOptions(calls.length, point !== undefined).map((one) => ctx.text(one)),
          },
          ...{ asked: who, needed: who.length, steps: calls.length },
          ...(point ? { checkpoint: { task: point.task, names: stops.map(({ ref }) => ref) } } : {}),
          ...(calls.some(({ draft }) => draft) ? { draft: true as const } : {}),
          ...(live.length ? { live } : {}),
          dueAt: Math.min(...hours.map((one) => reminderAt(ctx.at, undefined, one))),
        },
        { v: 1, on: 'questions', id, type: 'question_awaited' },
        { v: 1, on: 'conversations', id: doc.id, type: 'question_opened', question: id },
        {
          ...{ v: 1, on: 'conversations', id: doc.id, type: 'steps_listed', agent, question: id },
          calls: calls.map(({ key, hash }) => ({ key, hash })),
          ...(point ? { checkpoint: true as const } : {}),
        },
      ],
      deliveries: [...replaced.deliveries, ...added.deliveries],
      result: { question: { id, number: numberOf({ number }), to: namesOf(who) } },
    };
  },
});

type Listed = z.infer<typeof input>['calls'][number];

async function stopsAt(read: Reader, { pod }: Ctx, { task, name }: { task: string; name: string }) {
  const doc = await taskNamed(read, pod, task);
  const stops = await readStops(read, doc);
  return stops.filter((one) => isNamed(one, name)).map((one) => ({ ...one, task: doc.id }));
}

const DRAFT = 'Agents work by that text, so nothing changes without your yes: may I?';

function listWords(name: string, calls: readonly Listed[]): string {
  const [first, another] = calls;
  if (first?.at && !another)
    return `${name} has come to the checkpoint “${first.at.name}” of ${first.at.task}:\n${first.words}\n\nMay I go on? Say yes, or what should be different.`;
  const list = calls.map(({ words }, n) => `${n + 1}. ${words}`).join('\n');
  if (calls.some(({ draft }) => draft))
    return `${name} wants to:\n${list}\n\n${DRAFT} ${another ? 'Say yes, no, or the numbers that I may do.' : 'Say yes or no.'}`;
  const asks = another
    ? 'You go with every step of this: may I? Say yes, no, or the numbers that I may do.'
    : 'You go with every step of this: may I?';
  return `${name} wants to:\n${list}\n\n${asks}`;
}
