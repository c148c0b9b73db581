// Decides who may set an agent to work: every member, owners only, or named people
// (docs/architecture.md, “Who is meant, and who may”). Pure.

import { isPerson, type ParticipantId } from '../../log/participant.ts';
import type { PersonDoc } from '../people/person.ts';
import type { AgentDoc } from './agent.ts';

/** A participant who addresses an agent. */
export interface Asker {
  /** The person for whom the agent works, or the author of the message. */
  id: ParticipantId;
  person: PersonDoc | undefined;
  /** True if the person owns the pod of the message. False in a person's own pod, where ownership gives no rights. */
  podOwner: boolean;
}

export function mayAddress({ addressableBy = 'members', owner }: AgentDoc, { id, person, podOwner }: Asker): boolean {
  if (addressableBy === 'members' || id === 'skein' || id === owner) return true;
  if (!isPerson(id)) return false;
  if (addressableBy === 'owners') return podOwner || person?.role === 'owner';
  return person !== undefined && addressableBy.people.some((name) => isCalled(person, name));
}

export function isCalled({ id, handle, email }: PersonDoc, name: string): boolean {
  const wanted = name.trim().replace(/^@/, '').toLowerCase();
  return [id, handle, email].some((one) => one?.toLowerCase() === wanted);
}

/**
 * Returns the refusal with which the agent answers. `ask`: the names of people who can help: owners, or people who may
 * address the agent.
 */
export function notAddressable({ addressableBy }: AgentDoc, ask: readonly string[]): string {
  const whom = ask.length ? ask.join(' or ') : 'an owner of this organisation';
  const from = addressableBy === 'owners' ? 'owners' : 'the people named in my settings';
  return `I take work only from ${from}, so I leave this. Ask ${whom}.`;
}
