// Participants: a person, an agent, another app in a channel, and Skein itself for its housekeeping.

export type PersonId = `person:${string}`;
export type AgentId = `agent:${string}`;
export type AppId = `app:${string}`;
export type ParticipantId = PersonId | AgentId | AppId | 'skein';

export type ParticipantKind = 'person' | 'agent' | 'app' | 'skein';

export function kindOf(id: string): ParticipantKind {
  if (id.startsWith('person:')) return 'person';
  if (id.startsWith('agent:')) return 'agent';
  if (id.startsWith('app:')) return 'app';
  return 'skein';
}

export function isPerson(id: string | undefined): id is PersonId {
  return id?.startsWith('person:') ?? false;
}

export function isAgent(id: string | undefined): id is AgentId {
  return id?.startsWith('agent:') ?? false;
}

export function handleOf(id: AgentId): string {
  return id.slice('agent:'.length);
}

/** A participant with the names that people use for it. */
export interface Named {
  id: ParticipantId;
  name: string;
  handle: string;
}
