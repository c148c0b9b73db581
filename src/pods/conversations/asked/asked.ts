// The people whose answer agents wait for in a conversation, and the deputies who may answer for them. Pure.
import { type AgentId, isAgent, type ParticipantId, type PersonId } from '../../../log/participant.ts';

/** A person whom an agent has named, and whose answer it waits for. */
export interface Asked {
  by: AgentId;
  who: PersonId;
}

/** The deputy of a person who is asked here and away. */
export interface StandIn {
  deputy: PersonId;
  for: PersonId;
}

/** The most open questions of agents that one conversation remembers. The oldest is dropped first. */
const MOST_ASKED = 20;

/** The message that was added: its author, the agents to whom it is addressed, and the people whom an agent asks. */
interface Added {
  by: ParticipantId;
  addressed: readonly AgentId[];
  asks?: readonly PersonId[];
}

export function askedAfter(
  before: readonly Asked[] = [],
  { by, addressed, asks = [] }: Added,
  standIns: readonly StandIn[] = [],
): { asked?: Asked[] } {
  const answered = (one: Asked) => answersFor(standIns, by, one.who) && addressed.includes(one.by);
  const again = (one: Asked) => one.by === by && asks.includes(one.who);
  const open = before.filter((one) => !answered(one) && !again(one));
  const asked = isAgent(by) ? [...open, ...asks.map((who) => ({ by, who }))].slice(-MOST_ASKED) : open;
  return asked.length ? { asked } : {};
}

/** The reply of these people was taken back: the agents wait for it again. */
export function askedAgain(before: readonly Asked[] = [], asks: readonly Asked[]): Asked[] {
  const others = before.filter((one) => !asks.some(({ by, who }) => by === one.by && who === one.who));
  return [...others, ...asks].slice(-MOST_ASKED);
}

/** True if the message of `by` answers what `who` was asked: it is their own, or their deputy's. */
export function answersFor(standIns: readonly StandIn[] = [], by: ParticipantId, who: PersonId): boolean {
  return by === who || standIns.some((one) => one.deputy === by && one.for === who);
}

export function standInsWith(before: readonly StandIn[] = [], { deputy, for: absent }: StandIn): StandIn[] {
  const others = before.filter((one) => one.deputy !== deputy || one.for !== absent);
  return [...others, { deputy, for: absent }].slice(-MOST_ASKED);
}

/** Returns the deputies who still stand in after a message. A message of the deputy or of the absent person answers. */
export function standInsWithout(before: readonly StandIn[] = [], by: ParticipantId): { standIns?: StandIn[] } {
  const left = before.filter((one) => one.deputy !== by && one.for !== by);
  return left.length ? { standIns: left } : {};
}
