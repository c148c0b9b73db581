// Finds who reviews the steps of a workflow, and who lets its agents go on at checkpoints: roles, and members such as `@ben`.
import { InvalidInput, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { isPerson, type Named, type PersonId } from '../../log/participant.ts';
import { memberNamed } from '../people/directory.ts';
import { listed } from '../tasks/graph/waits-words.ts';
import type { WorkflowFacts } from './workflow.ts';

type Person = Named & { id: PersonId };

export interface StepPeople {
  reviewers: readonly Named[];
  /** The people at its checkpoint. */
  stops: readonly Person[];
}

/** Returns the handle of a member, such as `ben` in `@ben`. Undefined if it is the name of a role. */
export function handleIn(member: string): string | undefined {
  return member.startsWith('@') ? member.slice(1) : undefined;
}

/** Leaves out a member who is not in the pod, a role that nobody has, and whoever would review their own work. */
export async function peopleOfSteps(
  read: Reader,
  pod: string,
  { steps }: Pick<WorkflowFacts, 'steps'>,
  roles: ReadonlyMap<string, Named>,
): Promise<Map<string, StepPeople>> {
  const found = async (members: readonly string[] = [], own?: Named): Promise<Named[]> => {
    const all = await Promise.all(
      members.map((one) => (handleIn(one) ? orNobody(memberNamed(read, pod, one)) : roles.get(one))),
    );
    const known = all.filter((one): one is Named => one !== undefined && one.id !== own?.id);
    return [...new Map(known.map((one) => [one.id, one])).values()];
  };
  return new Map(
    await Promise.all(
      steps.map(async ({ id, who, reviewers, checkpoint }) => {
        const stops = (await found(checkpoint?.who)).filter((one): one is Person => isPerson(one.id));
        return [id, { reviewers: await found(reviewers, roles.get(who)), stops }] as const;
      }),
    ),
  );
}

/** @throws InvalidInput if one participant does a step and reviews it */
export function refuseOwnReview({ steps }: Pick<WorkflowFacts, 'steps'>, roles: ReadonlyMap<string, Named>): void {
  for (const { id, who, reviewers = [] } of steps) {
    const doer = roles.get(who);
    const own = reviewers.filter((role) => doer && roles.get(role)?.id === doer.id);
    if (doer && own.length)
      throw new InvalidInput(
        `${doer.name} has the roles ${listed([who, ...own])}, and nobody reviews their own work (the step ${id}). Name somebody else for one of them.`,
      );
  }
}

/** @throws NotFound if a member whom a step names is not in the pod */
export async function refuseStrangers(
  read: Reader,
  pod: string,
  { steps }: Pick<WorkflowFacts, 'steps'>,
): Promise<void> {
  for (const { id, reviewers = [], checkpoint } of steps)
    for (const one of [...reviewers, ...(checkpoint?.who ?? [])].filter(handleIn))
      try {
        await memberNamed(read, pod, one);
      } catch (error) {
        if (!(error instanceof NotFound || error instanceof InvalidInput)) throw error;
        throw new NotFound(`The step ${id} of this workflow needs ${one}. ${error.message}`);
      }
}

async function orNobody(found: Promise<Named>): Promise<Named | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFound || error instanceof InvalidInput) return undefined;
    throw error;
  }
}
