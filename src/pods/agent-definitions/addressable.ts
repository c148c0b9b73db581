// Decides who may set an agent to work: every member, owners only, or named people (docs/architecture.md, “Who is meant, and who may”). Pure.

import { isPerson, type ParticipantId } from '../../log/participant.ts';
import type { PersonDoc } from '../people/person.ts';
import type { AgentDoc } from './agent.ts';

/** Somebody who addresses an agent. */
export interface Asker {
  /** The person the agent works for, or whoever wrote. */
  id: ParticipantId;
  person: PersonDoc | undefined;
  /** Owns the pod in which it was said. False in a person's own pod, where owning means nothing. */
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

/** The refusal that the agent answers with. `ask`: the names of the people who can help, its owners or those who may address it. */
export function notAddressable({ addressableBy }: AgentDoc, ask: readonly string[]): string {
  const whom = ask.length ? ask.join(' or ') : 'an owner of this organisation';
  const from = addressableBy === 'owners' ? 'owners' : 'the people named in my settings';
  return `I take work only from ${from}, so I leave this. Ask ${whom}.`;
}
