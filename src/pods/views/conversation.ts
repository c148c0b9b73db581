// A conversation: a thread of the pod, who takes part in it, and whose word was last.
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../participant.ts';
import type { Place } from '../place.ts';
import type { Meta, Own, ViewDoc } from './view.ts';

export interface ConversationDoc extends ViewDoc {
  title?: string;
  place: Place;
  placeKey: string;
  /** Agents that take part: they were addressed here or have written here. */
  agents: AgentId[];
  people: PersonId[];
  messages: number;
  lastBy: ParticipantId;
  /** The agents that the last message was for: its author's next words go to them too. */
  lastTo: AgentId[];
  lastAt: number;
  /** Messages by agents since a person last wrote: what keeps agents from talking to each other for ever. */
  hops: number;
  startedAt: number;
}

export type ConversationChange = { v: 1; on: 'conversations'; id: string } & (
  | { type: 'conversation_started'; title?: string; place: Place; placeKey: string; hops?: number }
  | { type: 'message_added'; by: ParticipantId; addressed: AgentId[] }
  | { type: 'conversation_placed'; place: Place; placeKey: string }
  | { type: 'run_stopped'; agent: AgentId }
);

const joined = <T>(list: readonly T[], more: readonly T[]): T[] => [...new Set([...list, ...more])];

export function evolveConversation(
  doc: ConversationDoc | undefined,
  change: ConversationChange,
  meta: Meta,
): Own<ConversationDoc> | undefined {
  if (change.type === 'conversation_started') {
    const { title, place, placeKey } = change;
    const started = {
      place,
      placeKey,
      agents: [],
      people: [],
      lastTo: [],
      messages: 0,
      hops: change.hops ?? 0,
      startedAt: meta.at,
    };
    return { ...started, lastBy: meta.actor, lastAt: meta.at, ...(title ? { title } : {}) };
  }
  if (!doc) return undefined;
  switch (change.type) {
    case 'message_added': {
      const { by } = change;
      return {
        ...doc,
        agents: joined(doc.agents, isAgent(by) ? [by, ...change.addressed] : change.addressed),
        people: isPerson(by) ? joined(doc.people, [by]) : doc.people,
        messages: doc.messages + 1,
        lastBy: by,
        lastTo: change.addressed,
        lastAt: meta.at,
        hops: isPerson(by) ? 0 : doc.hops + 1,
      };
    }
    case 'conversation_placed':
      return { ...doc, place: change.place, placeKey: change.placeKey };
    case 'run_stopped':
      return { ...doc };
    default:
      change satisfies never;
      return doc;
  }
}
