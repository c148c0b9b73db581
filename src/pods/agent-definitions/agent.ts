// An agent of the organisation: what it is for, how it works, and whose edit it was.

import type { AgentId, ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface Avatar {
  emoji?: string;
  url?: string;
}

export type AddressableBy = 'members' | 'owners' | { people: string[] };

export interface AgentFacts {
  name: string;
  avatar: Avatar;
  purpose: string;
  instructions: string;
  /** Absent: the model of the settings. */
  model?: string;
  tools: string[];
  /** Per run. */
  budget: { turns: number; tokens: number };
  /** Who may set it to work; absent: every member of the pod. */
  addressableBy?: AddressableBy;
}

export interface AgentDoc extends ViewDoc, AgentFacts {
  handle: string;
  skills: string[];
  /** Who made it, or for whom an agent made it: refusals name them. */
  owner: ParticipantId;
  /** True once somebody changed it by an action: its manifest no longer overrides it. */
  edited: boolean;
  /** The manifest last taken in. */
  hash?: string;
  version: number;
}

export const AGENTS = ref<AgentDoc>('agents');

export type AgentChange = { v: 1; on: 'agents'; id: AgentId } & (
  | {
      type: 'agent_created';
      handle: string;
      facts: AgentFacts;
      skills: string[];
      hash?: string;
      owner?: ParticipantId;
    }
  | { type: 'agent_updated'; facts: Partial<AgentFacts> }
  | { type: 'agent_imported'; facts: AgentFacts; skills: string[]; hash: string }
  | { type: 'skill_attached'; skill: string }
  | { type: 'skill_detached'; skill: string }
);

export function evolveAgent(doc: AgentDoc | undefined, change: AgentChange, meta: Meta): Own<AgentDoc> | undefined {
  if (change.type === 'agent_created') {
    const { handle, facts, skills, hash } = change;
    const made = { ...facts, handle, skills, owner: change.owner ?? meta.actor, version: 1 };
    return hash ? { ...made, edited: false, hash } : { ...made, edited: true };
  }
  if (!doc) return undefined;
  const next = { ...doc, version: doc.version + 1 };
  switch (change.type) {
    case 'agent_updated':
      return { ...next, ...change.facts, edited: true };
    case 'agent_imported': {
      const { model: _model, addressableBy: _by, ...rest } = next;
      return { ...rest, ...change.facts, skills: change.skills, hash: change.hash, edited: false };
    }
    case 'skill_attached':
      return { ...next, skills: [...new Set([...doc.skills, change.skill])], edited: true };
    case 'skill_detached':
      return { ...next, skills: doc.skills.filter((name) => name !== change.skill), edited: true };
    default:
      change satisfies never;
      return doc;
  }
}
