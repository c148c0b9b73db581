// repeat_task: has a task come again by the clock, changes when it comes, lets it go on, or ends it.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../../errors.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import { action, type Ctx, type Decision } from '../../action.ts';
import { isTimeZone, localDay } from '../../local-time.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { askersOf } from '../../members/rights.ts';
import { PEOPLE } from '../../people/person.ts';
import { zoneOf } from '../../preferences/zone-of.ts';
import { minute, requirePod, taskNamed } from '../../require.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import { taskInput } from '../task-words.ts';
import { nextOccurrence } from './next-occurrence.ts';
import type { RepeatChange, RepeatDoc } from './repeat.ts';
import { repeatOf } from './repeat-of.ts';
import { type Rule, ruleWords } from './rule.ts';
import { EVERY_EXAMPLES, spokenRule } from './spoken-rule.ts';

const USUAL_TIME = '09:00';
const USUAL_ZONE = 'UTC';

export const repeatTask = action({
  name: 'repeat_task',
  title: 'Repeat a task',
  description:
    'Has a task come again: on each such day a new one is made like it, for whoever has it now, who is told; while the last is not done, the day joins that. every: null ends it. go_on: yes, when its owner was asked.',
  input: z.strictObject({
    task: taskInput,
    every: z.string().trim().min(1).max(80).nullable().optional().describe(EVERY_EXAMPLES),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional()
      .describe('HH:MM; 09:00 when absent'),
    zone: z.string().max(80).optional().describe('IANA name; your own when absent'),
    due_in: z.int().min(0).max(365).nullable().optional().describe('Days from each start to its due day'),
    go_on: z.literal(true).optional(),
  }),
  effect: 'write',
  async load(read, { task: named }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const [asker] = askersOf(ctx);
    const [repeat, person] = await Promise.all([repeatOf(read, task), asker ? read.get(PEOPLE, asker) : undefined]);
    const [owner, newest] = await Promise.all([
      repeat?.owner ? read.get(MEMBERS, memberId(ctx.pod, repeat.owner)) : undefined,
      repeat && repeat.task !== task.id ? read.get(TASKS, repeat.task) : undefined,
    ]);
    return {
      task: newest ?? task,
      repeat,
      zone: person ? await zoneOf(read, person) : USUAL_ZONE,
      ownerLeft: owner !== undefined && owner.state !== 'in',
    };
  },
  decide({ task, repeat, zone, ownerLeft }, input, ctx): Decision<{ repeat: ShownRepeat }> {
    requirePod(ctx);
    const id = repeat?.id ?? ctx.id('r');
    const about = { v: 1, on: 'repeats', id, task: repeat?.task ?? task.id } as const;
    const number = repeat?.number ?? task.number;
    const running = repeat && repeat.state !== 'ended' ? repeat : undefined;
    if (input.every === null) {
      if (!running) throw new Conflict(`#${task.number} does not repeat, so there is nothing to end.`);
      const ended = { ...about, type: 'repeat_ended', why: 'wish' } as const;
      return { changes: [ended], result: { repeat: { task: number, state: 'ended' } } };
    }
    if (input.go_on) {
      refuseMore(input);
      if (running?.state !== 'asked') throw new Conflict(notAsked(task, running));
      const dueAt = nextOccurrence(running.rule, ctx.at).at;
      const owner = ownerLeft ? personOf(ctx) : undefined;
      return {
        changes: [{ ...about, type: 'repeat_went_on', dueAt, ...(owner ? { owner } : {}) }],
        result: { repeat: shown(running.rule, { number, dueAt }) },
      };
    }
    const rule = ruleOf(input, { before: running?.rule, zone, at: ctx.at });
    const dueAt = nextOccurrence(rule, ctx.at).at;
    const owner = personOf(ctx) ?? running?.owner;
    const due = input.due_in === undefined ? (running?.due ?? null) : input.due_in;
    const set: RepeatChange = {
      ...{ ...about, type: 'repeat_set', number, rule, due, dueAt },
      assignee: task.assignee ?? null,
      ...(owner ? { owner } : {}),
      ...(ctx.heard?.length ? { heard: [...ctx.heard] } : {}),
    };
    return { changes: [set], result: { repeat: shown(rule, { number, dueAt }) } };
  },
});

function personOf(ctx: Ctx): PersonId | undefined {
  return askersOf(ctx).find(isPerson);
}

interface ShownRepeat {
  /** The number of its newest task. */
  task: number;
  state: 'on' | 'ended';
  every?: string;
  /** When it comes next, and the local date of that. */
  next?: string;
  day?: string;
}

function shown(rule: Rule, { number, dueAt }: { number: number; dueAt: number }): ShownRepeat {
  const day = localDay(rule.timeZone, dueAt);
  return { task: number, state: 'on', every: ruleWords(rule), next: minute(dueAt), day };
}

interface Wanted {
  every?: string | null | undefined;
  at?: string | undefined;
  zone?: string | undefined;
  due_in?: number | null | undefined;
}

function refuseMore({ every, at, zone, due_in }: Wanted): void {
  if ([every, at, zone, due_in].some((one) => one !== undefined))
    throw new InvalidInput('go_on changes nothing about the repeat. Leave the other fields out, or leave go_on out.');
}

function notAsked({ number }: TaskDoc, running: RepeatDoc | undefined): string {
  return running
    ? `#${number} goes on repeating ${ruleWords(running.rule)}; nobody was asked about it.`
    : `#${number} does not repeat. Say by \`every\` when it comes again.`;
}

/** @throws InvalidInput for words that are no days, or for no words where nothing repeats yet */
function ruleOf(input: Wanted, { before, zone, at }: { before: Rule | undefined; zone: string; at: number }): Rule {
  if (input.zone !== undefined && !isTimeZone(input.zone))
    throw new InvalidInput(`“${input.zone}” is no time zone. Write one such as Europe/Berlin or America/New_York.`);
  const timeZone = input.zone ?? before?.timeZone ?? zone;
  if (input.every === undefined || input.every === null) {
    if (!before) throw new InvalidInput(`Say by \`every\` when it comes again, such as: ${EVERY_EXAMPLES}.`);
    if (input.at === undefined && input.zone === undefined && input.due_in === undefined)
      throw new InvalidInput('Nothing to change: give every, at, zone or due_in; every: null ends it.');
    return { ...before, timeZone, time: input.at ?? before.time };
  }
  const said = spokenRule(input.every, localDay(timeZone, at));
  if (!said)
    throw new InvalidInput(`“${input.every}” does not say on which days. Write, for example: ${EVERY_EXAMPLES}.`);
  if (said.time && input.at && said.time !== input.at)
    throw new InvalidInput(`“${input.every}” says ${said.time}, and at says ${input.at}. Give one of them.`);
  return { days: said.days, timeZone, time: input.at ?? said.time ?? before?.time ?? USUAL_TIME };
}
