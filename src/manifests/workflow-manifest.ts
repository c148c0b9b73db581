// The schema of templates/workflows/<name>.yaml: the roles, steps and schedule of a workflow.
import { basename } from 'node:path';
import * as z from 'zod';
import { closest } from '../closest.ts';
import { fileName } from '../pods/files/files.ts';
import { LONGEST_NAME } from '../pods/involvement/level.ts';
import { isTimeZone } from '../pods/local-time.ts';
import { EVERY_EXAMPLES, spokenRule } from '../pods/tasks/repeats/spoken-rule.ts';
import { MOST_REVIEWERS } from '../pods/tasks/review/review.ts';
import { ABOUT, fieldsIn, filledIn } from '../pods/workflows/step-fields.ts';
import { FILE_FIELDS } from '../pods/workflows/step-files.ts';
import { inOrder } from '../pods/workflows/step-order.ts';
import { handleIn } from '../pods/workflows/step-people.ts';
import { MOST_ROLES, MOST_STEPS, type WorkflowFacts } from '../pods/workflows/workflow.ts';
import { type ManifestParseResult, type Place, readLinedManifest } from '../tools/manifest-faults.ts';

const NAME_CURE = 'Give small letters, digits and hyphens, a letter first, as in weekly-slides.';
const name = z.string({ error: NAME_CURE }).regex(/^[a-z][a-z0-9-]{0,40}$/, { error: NAME_CURE });

const text = (max: number, what: string) => {
  // The format of a number is made for a fault alone: the first one takes 10 ms.
  const error = () => `Give ${what}, in at most ${max.toLocaleString('en')} characters.`;
  return z.string({ error }).trim().min(1, { error }).max(max, { error });
};

const ROLES_CURE = `Give 1 to ${MOST_ROLES} roles, each as \`name: { what: … }\`.`;
const STEPS_CURE = `Give a list of 1 to ${MOST_STEPS} steps, each with \`id\`, \`task\` and \`who\`.`;
const USUAL_CURE = 'Give a handle, as in scribe, or leave it out: then somebody is named at the start.';
const AFTER_CURE = 'Give a list of ids of steps, as in [draft].';
const REVIEWERS_CURE = `Give a list of 1 to ${MOST_REVIEWERS} roles, or members as "@ben", as in [qa, "@ben"].`;
const CHECKPOINT_CURE = 'Give `name` and `who`, as in { name: outline, who: [owner] }.';
const STOPPED_CURE = 'Give a list of roles, or of members as "@ben", who let the agent go on.';
const DUE_CURE = 'Give the number of days after the start, from 0 to 365, as in 2.';
const AT_CURE = 'Give a time in quotes, as in "09:00".';
const ZONE_CURE = 'Give a name such as Europe/Berlin, or leave it out: then it is that of whoever starts it.';
const EVERY_CURE = `Give days, such as: ${EVERY_EXAMPLES}.`;

/** The most who are asked at one checkpoint. */
const MOST_STOPPED = 10;
const members = (most: number, error: string) =>
  z
    .array(z.string({ error }).regex(/^@?[a-z0-9][a-z0-9._-]{0,60}$/, { error }), { error })
    .min(1, { error })
    .max(most, { error });

const schema = z.strictObject({
  name,
  title: text(120, 'the title that people see'),
  purpose: text(300, 'one sentence that says what the workflow is for'),
  roles: z
    .record(
      name,
      z.strictObject(
        {
          what: text(200, 'what its participant does'),
          usual: z
            .string({ error: USUAL_CURE })
            .regex(/^@?[a-z0-9][a-z0-9._-]{0,60}$/, { error: USUAL_CURE })
            .optional(),
        },
        { error: 'Give `what`, and perhaps `usual`.' },
      ),
      { error: ROLES_CURE },
    )
    .refine((roles) => Object.keys(roles).length > 0 && Object.keys(roles).length <= MOST_ROLES, { error: ROLES_CURE }),
  steps: z
    .array(
      z.strictObject(
        {
          id: name,
          task: text(200, 'the title of its task'),
          text: text(10_000, 'what is to be done').optional(),
          who: z.string({ error: 'Give the name of a role.' }),
          after: z.array(z.string({ error: AFTER_CURE }), { error: AFTER_CURE }).default([]),
          due: z.int({ error: DUE_CURE }).min(0, { error: DUE_CURE }).max(365, { error: DUE_CURE }).optional(),
          file: text(120, 'the name of the file that it makes').optional(),
          reviewers: members(MOST_REVIEWERS, REVIEWERS_CURE).optional(),
          checkpoint: z
            .strictObject(
              { name: text(LONGEST_NAME, 'the name of the point'), who: members(MOST_STOPPED, STOPPED_CURE) },
              { error: CHECKPOINT_CURE },
            )
            .optional(),
        },
        { error: 'Give `id`, `task` and `who`.' },
      ),
      { error: STEPS_CURE },
    )
    .min(1, { error: STEPS_CURE })
    .max(MOST_STEPS, { error: STEPS_CURE }),
  schedule: z
    .strictObject(
      {
        // “every week” alone would mean another day for each start.
        every: z
          .string({ error: EVERY_CURE })
          .refine((words) => spokenRule(words, '2026-11-30') !== undefined, { error: EVERY_CURE }),
        at: z.string({ error: AT_CURE }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: AT_CURE }),
        zone: z.string({ error: ZONE_CURE }).refine(isTimeZone, { error: ZONE_CURE }).optional(),
      },
      { error: 'Give `every` and `at`.' },
    )
    .optional(),
});

type Written = z.output<typeof schema>;

export interface WorkflowManifest extends WorkflowFacts {
  name: string;
}

export function parseWorkflowManifest(source: { file: string; text: string }): ManifestParseResult<WorkflowManifest> {
  const { parsed, place } = readLinedManifest(schema, source);
  if (parsed.kind === 'faulty') return parsed;
  const problems = misfitsOf(source.file, parsed.manifest, place);
  if (problems.length) return { kind: 'faulty', problems, written: parsed.manifest };
  const { roles, steps, schedule, ...rest } = parsed.manifest;
  return {
    kind: 'valid',
    manifest: {
      ...rest,
      roles: Object.entries(roles).map(([role, { what, usual }]) => ({
        ...{ name: role, what },
        ...(usual ? { usual: usual.replace(/^@/, '') } : {}),
      })),
      steps: steps.map(({ text, due, file, reviewers, checkpoint, ...step }) => ({
        ...step,
        ...(text ? { text } : {}),
        ...(due === undefined ? {} : { due }),
        ...(file ? { file } : {}),
        ...(reviewers ? { reviewers } : {}),
        ...(checkpoint ? { checkpoint } : {}),
      })),
      ...(schedule
        ? { schedule: { every: schedule.every, at: schedule.at, ...(schedule.zone ? { zone: schedule.zone } : {}) } }
        : {}),
    },
  };
}

/** Returns the faults of fields that each fit the schema, but do not fit each other. */
function misfitsOf(file: string, { name, roles, steps, schedule }: Written, place: Place): string[] {
  const problems: string[] = [];
  const stem = basename(file).replace(/\.ya?ml$/, '');
  if (name !== stem)
    problems.push(`${place(['name'])}: \`name\` is "${name}" but the file is named "${stem}". Name them alike.`);
  const ids = steps.map(({ id }) => id);
  const unknown = (path: readonly PropertyKey[], found: string, known: readonly string[]) => {
    if (known.includes(found)) return;
    const meant = closest(found, known);
    const cure = meant ? `Did you mean ${meant}?` : `There are: ${known.join(', ')}.`;
    problems.push(`${place(path)}: \`${path.join('.')}\` names "${found}", which does not exist. ${cure}`);
  };
  for (const [n, step] of steps.entries()) {
    if (ids.indexOf(step.id) !== n)
      problems.push(`${place(['steps', n, 'id'])}: two steps have the id "${step.id}". Give each its own.`);
    if (step.id === ABOUT)
      problems.push(
        `${place(['steps', n, 'id'])}: no step can have the id "${ABOUT}", which stands for the words at the start. Take another.`,
      );
    unknown(['steps', n, 'who'], step.who, Object.keys(roles));
    for (const [m, id] of step.after.entries()) unknown(['steps', n, 'after', m], id, ids);
    for (const [path, said, own] of [
      [['reviewers'], step.reviewers, 'nobody reviews their own work'],
      [['checkpoint', 'who'], step.checkpoint?.who, 'nobody waits for themselves'],
    ] as const)
      for (const [m, member] of (said ?? []).entries()) {
        const at = ['steps', n, ...path, m];
        if (member === step.who)
          problems.push(
            `${place(at)}: \`${at.join('.')}\` names "${member}", who does the step: ${own}. Name another.`,
          );
        else if (!handleIn(member)) unknown(at, member, Object.keys(roles));
      }
    for (const field of ['task', 'text'] as const)
      for (const found of fieldsIn(step[field] ?? '')) unknown(['steps', n, field], found, [ABOUT, ...ids]);
    // The words at the start fit no name of a file.
    for (const found of fieldsIn(step.file ?? '')) unknown(['steps', n, 'file'], found, [...FILE_FIELDS, ...ids]);
    const wrong = step.file && misnamed(step.file, { ids, schedule });
    if (wrong) problems.push(`${place(['steps', n, 'file'])}: \`steps.${n}.file\` is "${step.file}": ${wrong}`);
  }
  for (const role of Object.keys(roles))
    if (
      !steps.some(({ who, reviewers = [], checkpoint }) =>
        [who, ...reviewers, ...(checkpoint?.who ?? [])].includes(role),
      )
    )
      problems.push(`${place(['roles', role])}: no step has the role "${role}". Give it one, or remove the role.`);
  const order = inOrder(steps);
  if ('circle' in order) {
    const [first = ''] = order.circle;
    const path = order.circle.slice(1).map((id, n) => `"${order.circle[n]}" comes after "${id}"`);
    problems.push(
      `${place(['steps', ids.indexOf(first), 'after'])}: the steps wait for each other: ${path.join(', ')}. Take one of them out.`,
    );
  }
  return problems;
}

/** Returns why a file can't have this name, with a cure. */
function misnamed(file: string, { ids, schedule }: { ids: readonly string[] } & Pick<Written, 'schedule'>) {
  const fields = fieldsIn(file);
  const twice = fields.find((field) => FILE_FIELDS.includes(field) && ids.includes(field));
  if (twice) return `{{${twice}}} is a step, and a field of its own. Give the step another id.`;
  const days = schedule && spokenRule(schedule.every, '2026-11-30')?.days;
  if (fields.join() === 'week' && days?.kind === 'weekly' && days.days.length > 1)
    return 'the workflow comes more than once a week. Take {{date}} in place of {{week}}.';
  const filled = filledIn(file, new Map(fields.map((field) => [field, '1'])));
  if (/\{\{|\}\}/.test(filled)) return 'a field is written in small letters, as in notes-{{week}}.md.';
  const read = fileName.safeParse(filled);
  return read.success ? undefined : `${read.error.issues[0]?.message}. Give another name.`;
}
