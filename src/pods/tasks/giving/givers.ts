// Remembers which participants gave a task to somebody else: they hear of its end. Pure.
import type { BaseCtx } from '../../../log/action.ts';
import type { ParticipantId, PersonId } from '../../../log/participant.ts';
import { isAgent, isPerson } from '../../../log/participant.ts';

export interface Giver {
  by: ParticipantId;
  /** The conversation that an agent gave it from. The agent goes on there. */
  conversation?: string;
}

/** Stored with the change that gives the task. */
export type Giving = Pick<Giver, 'conversation'>;

/** The most givers of one task. The oldest stays, because the work began with it. */
const MOST_GIVERS = 5;

/** Returns the field of a change to a task that its actor gives to somebody. A task that a person leaves to nobody counts as given: somebody takes it. */
export function giverIn(
  { actor, conversation }: Pick<BaseCtx, 'actor' | 'conversation'>,
  assignee: ParticipantId | null | undefined,
): { giver?: Giving } {
  const gives = assignee ? assignee !== actor && (isPerson(actor) || isAgent(actor)) : isPerson(actor);
  if (!gives || assignee === null) return {};
  return { giver: isAgent(actor) && conversation ? { conversation } : {} };
}

/** Returns the givers after the task got this assignee, the oldest first. Whoever has the task is no giver of it. */
export function giversAfter(
  before: readonly Giver[] = [],
  { by, assignee, giver }: { by: ParticipantId; assignee: ParticipantId | null | undefined; giver: Giving | undefined },
): { givers?: Giver[] } {
  const all = giver ? [...before.filter((one) => one.by !== by), { by, ...giver }] : before;
  const [first, ...rest] = all.filter((one) => one.by !== assignee);
  return first ? { givers: [first, ...rest.slice(1 - MOST_GIVERS)] } : {};
}

/** Returns the people among the givers. */
export function peopleAmong(givers: readonly Giver[] = []): PersonId[] {
  return givers.map(({ by }) => by).filter(isPerson);
}

/** Returns who gave the task to whoever has it now. Undefined if they have it from themselves. */
export function giverOf({
  assignee,
  givers = [],
  givenBy,
  createdBy,
}: {
  assignee?: ParticipantId | undefined;
  givers?: readonly Giver[] | undefined;
  givenBy?: PersonId | undefined;
  createdBy: ParticipantId;
}): ParticipantId | undefined {
  const last = givers.findLast(({ by }) => by !== assignee)?.by ?? givenBy ?? createdBy;
  return last === assignee ? undefined : last;
}
