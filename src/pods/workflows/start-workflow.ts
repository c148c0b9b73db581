// start_workflow: makes the tasks of a workflow, with their order, and sets to work whoever begins.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { type Said, said } from '../../log/body.ts';
import { takenIn } from '../../log/labels/label.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { localDay, shownDay } from '../local-time.ts';
import { askersOf } from '../members/rights.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { PEOPLE } from '../people/person.ts';
import { zoneOf } from '../preferences/zone-of.ts';
import { conversationNamed, minute, requirePod } from '../require.ts';
import { nextOccurrence } from '../tasks/repeats/next-occurrence.ts';
import type { RepeatChange } from '../tasks/repeats/repeat.ts';
import { type Rule, ruleWords } from '../tasks/repeats/rule.ts';
import { spokenRule } from '../tasks/repeats/spoken-rule.ts';
import { filledRoles } from './fill-roles.ts';
import { tasksOf } from './make-tasks.ts';
import { startFacts } from './start-facts.ts';
import { workflowNamed } from './workflow-named.ts';

export const startWorkflow = action({
  name: 'start_workflow',
  title: 'Start a workflow',
  description:
    'Starts a workflow: one task for the whole and one for each step, given to whoever has its role, who is told when it begins. Steps begin in their order by themselves. An unknown name is answered with those there are.',
  input: z.strictObject({
    workflow: z.string().trim().min(1).max(60).describe('Its name'),
    about: z.string().trim().min(1).max(150).optional().describe('What for; in each title. The day when absent'),
    roles: z.array(z.string().trim().min(1).max(200)).max(10).default([]).describe('As in “presenter: Ada”'),
    repeat: z.boolean().default(false).describe('Also by its schedule from now on'),
    conversation: z.string().optional().describe('Yours when absent; else one of its own'),
  }),
  effect: 'write',
  async load(read, { workflow, roles, conversation }, ctx) {
    const [asker] = askersOf(ctx);
    const doc = await workflowNamed(read, workflow);
    const [person, filled] = await Promise.all([
      asker ? read.get(PEOPLE, asker) : undefined,
      // An agent that says “me” may mean itself, or whoever it works for.
      filledRoles(read, ctx.pod, doc, roles, isAgent(ctx.actor) ? undefined : asker),
    ]);
    const home = conversation ?? ctx.conversation;
    if (home) await conversationNamed(read, ctx.pod, home);
    const owner = asker ?? (isAgent(ctx.actor) ? ctx.actor : undefined);
    const names = await namesOfAll(read, [owner]);
    const { name, version, title, purpose, roles: all, steps, schedule } = doc;
    const definition = { title, purpose, roles: all, steps, ...(schedule ? { schedule } : {}) };
    const zone = person ? await zoneOf(read, person) : 'UTC';
    return {
      zone,
      facts: await startFacts(read, ctx, {
        ...{ name, version, definition, roles: filled, conversation: home },
        owner: owner && called(names, owner),
        day: localDay(zone, ctx.at),
      }),
    };
  },
  decide({ facts, zone }, input, ctx) {
    const pod = requirePod(ctx);
    const { day } = facts;
    const { title: label } = takenIn(ctx);
    const [asker] = askersOf(ctx);
    const rule = input.repeat ? scheduleOf(facts, { zone, day }) : undefined;
    const repeat = rule && ctx.id('r');
    const about = input.about ?? shownDay(day);
    const givenBy = isAgent(ctx.actor) ? asker : undefined;
    const made = tasksOf(ctx, pod, facts, { about, label, givenBy });
    const dueAt = rule && nextOccurrence(rule, ctx.at).at;
    const set: RepeatChange[] =
      rule && repeat && dueAt !== undefined
        ? [
            {
              ...{
                v: 1,
                on: 'repeats',
                id: repeat,
                type: 'repeat_set',
                task: made.whole.id,
                number: made.whole.number,
              },
              ...{ rule, dueAt, assignee: null, due: null },
              ...(asker ? { owner: asker } : {}),
              ...(ctx.heard?.length ? { heard: [...ctx.heard] } : {}),
            },
          ]
        : [];
    const { notWoken, wakesWith } = made;
    return {
      changes: [...made.changes, ...set],
      deliveries: made.deliveries,
      result: {
        workflow: {
          ...{ id: made.id, name: facts.name, version: facts.version, task: made.whole.number },
          steps: made.steps.map(({ number, ready, assignee }, n) => ({
            ...{ task: number, title: titleIn(made.changes, made.steps[n]?.task), ready },
            ...(assignee ? { assignee: nameIn(facts.roles, assignee) } : {}),
          })),
        },
        ...(rule && dueAt !== undefined ? { repeats: ruleWords(rule), next: minute(dueAt) } : {}),
        ...(notWoken.length ? { notWoken } : {}),
        ...(wakesWith.length ? { wakesWith } : {}),
      },
    };
  },
});

function titleIn(changes: readonly { id: string; type: string }[], task: string | undefined): Said | undefined {
  const made = changes.find(({ id, type }) => id === task && type === 'task_created');
  return made && 'titleRef' in made ? said(made.titleRef as never) : undefined;
}

function nameIn(roles: ReadonlyMap<string, { id: string; name: string }>, who: string): string {
  return [...roles.values()].find(({ id }) => id === who)?.name ?? who;
}

function scheduleOf(
  { name, definition }: { name: string; definition: { schedule?: { every: string; at: string; zone?: string } } },
  { zone, day }: { zone: string; day: string },
): Rule {
  const { schedule } = definition;
  const rule = schedule && spokenRule(schedule.every, day);
  if (!schedule || !rule)
    throw new InvalidInput(
      `${name} has no schedule. Start it without repeat, and set by repeat_task when it comes again.`,
    );
  return { days: rule.days, time: schedule.at, timeZone: schedule.zone ?? zone };
}
