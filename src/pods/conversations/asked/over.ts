// The questions of a conversation that ended without the answer of somebody who was asked. The person's next plain words
// there may be that answer. Pure.
import type { RoleId } from '../../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';

/** A question that is over, and the people who were asked and have not heard of its end. */
export interface Over {
  question: string;
  people: PersonId[];
  /** Set if every owner could answer, with the owners who have heard of its end. */
  role?: RoleId;
  heard?: PersonId[];
  /** When it ended, in milliseconds since 1970. */
  at: number;
}

/** The people who were asked and gave no answer. */
export interface Unheard {
  people: PersonId[];
  role?: RoleId;
}

/** The most questions that one conversation remembers. The oldest is dropped first. */
const MOST_OVER = 20;

/** After two weeks a person's words in the thread are about something else. */
const WORTH_MS = 14 * 86_400_000;

/** `by`: the participant who ended the question. They know of it. */
export function overWith(
  before: readonly Over[] = [],
  { question, unheard }: { question: string; unheard?: Unheard | undefined },
  { actor: by, at }: { actor: ParticipantId; at: number },
): { over?: Over[] } {
  const people = unheard?.people.filter((one) => one !== by) ?? [];
  const role = unheard?.role ? { role: unheard.role, heard: isPerson(by) ? [by] : [] } : {};
  const others = before.filter((one) => one.question !== question && isRecent(one, at));
  const ended = people.length || unheard?.role ? [{ question, people, ...role, at }] : [];
  return listed([...others, ...ended].slice(-MOST_OVER));
}

export function overWithout(
  before: readonly Over[] = [],
  { questions, person }: { questions: readonly string[]; person: PersonId },
): { over?: Over[] } {
  const left = before.map((one) => {
    if (!questions.includes(one.question)) return one;
    const people = one.people.filter((other) => other !== person);
    return { ...one, people, ...(one.role ? { heard: [...(one.heard ?? []), person] } : {}) };
  });
  return listed(left.filter(({ people, role }) => people.length > 0 || role));
}

/** Returns the questions of whose end this person has not heard yet, oldest first. */
export function overFor(
  over: readonly Over[] = [],
  { actor, role, at }: { actor: ParticipantId; role: string; at: number },
): string[] {
  if (!isPerson(actor)) return [];
  const isAsked = (one: Over) =>
    one.people.includes(actor) || (one.role !== undefined && role === 'owner' && !one.heard?.includes(actor));
  return over.filter((one) => isAsked(one) && isRecent(one, at)).map(({ question }) => question);
}

function isRecent({ at }: Over, now: number): boolean {
  return now - at < WORTH_MS;
}

function listed(over: Over[]): { over?: Over[] } {
  return over.length ? { over } : {};
}
