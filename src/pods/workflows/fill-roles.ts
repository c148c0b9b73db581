// Finds who has which role of a workflow that is started.

import { closest } from '../../closest.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Named, PersonId } from '../../log/participant.ts';
import { memberNamed } from '../people/directory.ts';
import { refuseToolless } from '../tasks/review/refuse-toolless.ts';
import { peopleOfSteps, refuseOwnReview, refuseStrangers } from './step-people.ts';
import type { WorkflowFacts, WorkflowRole } from './workflow.ts';

/** Matches “presenter: Ada”. */
const FILLED = /^([a-z][a-z0-9-]*) ?[:=] ?(\S.*)$/i;

/** Matches the second role in “contributor: Ben presenter: Ada”. No member's name has a colon behind a space. */
const SECOND = /\s([a-z][a-z0-9-]*) ?[:=]/i;

/**
 * Returns the members by role. `said`: lines such as “presenter: Ada”. `me`: the person whom “me” means. A role that nobody
 * names has its usual member, if that one is in the pod. @throws InvalidInput that names each role that is left, and what it
 * is for, or somebody who would review their own work
 */
export async function filledRoles(
  read: Reader,
  pod: string,
  { roles, steps }: Pick<WorkflowFacts, 'roles' | 'steps'>,
  said: readonly string[],
  me?: PersonId,
): Promise<Map<string, Named>> {
  const wanted = new Map(said.map((line) => roleIn(roles, line)));
  const filled = new Map<string, Named>();
  const left: WorkflowRole[] = [];
  for (const role of roles) {
    const name = wanted.get(role.name);
    const who =
      name === undefined
        ? await usualOf(read, pod, role)
        : await memberNamed(read, pod, (/^me$/i.test(name) && me) || name);
    if (who) filled.set(role.name, who);
    else left.push(role);
  }
  if (left.length)
    throw new InvalidInput(
      `Nobody has ${left.map(({ name, what }) => `the role ${name} (${what})`).join(', nor ')}. Name a person or an agent of this pod for it, as in “${left[0]?.name}: Ada”.`,
    );
  refuseOwnReview({ steps }, filled);
  await refuseStrangers(read, pod, { steps });
  const people = [...(await peopleOfSteps(read, pod, { steps }, filled)).values()];
  await refuseToolless(
    read,
    people.flatMap(({ reviewers }) => reviewers.map(({ id }) => id)),
  );
  return filled;
}

function roleIn(roles: readonly WorkflowRole[], line: string): [role: string, name: string] {
  const [, said = '', who = ''] = FILLED.exec(line.trim()) ?? [];
  const names = roles.map(({ name }) => name);
  if (!who) throw new InvalidInput(`“${line}” fills no role. Write a role and a member, as in “${names[0]}: Ada”.`);
  const second = SECOND.exec(who)?.[1];
  if (second)
    throw new InvalidInput(
      `A comma is missing before “${second}”. Write “${said}: …, ${second}: …”, with a member for each.`,
    );
  const role = said.toLowerCase();
  if (names.includes(role)) return [role, who.trim()];
  const meant = closest(role, names);
  throw new InvalidInput(
    `This workflow has no role “${said}”. ${meant ? `Did you mean ${meant}?` : `Its roles are: ${names.join(', ')}.`}`,
  );
}

/** Returns the usual member of a role, if that one is in the pod. */
export async function usualOf(read: Reader, pod: string, { usual }: WorkflowRole): Promise<Named | undefined> {
  if (!usual) return undefined;
  try {
    return await memberNamed(read, pod, usual);
  } catch (error) {
    // A name that is not in the pod, or may be two, fills no role: somebody has to be named.
    if (error instanceof NotFound || error instanceof InvalidInput) return undefined;
    throw error;
  }
}
