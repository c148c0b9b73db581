// The document of an agent: its purpose, its instructions, its tools and skills, and who edited it.

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
  /** Absent: the model that the settings name. */
  model?: string;
  tools: string[];
  /**
   * The limits of one run, and the size of the context, in tokens, at which its session goes on in a new epoch. Absent:
   * DEFAULT_CONTEXT.
   */
  budget: { turns: number; tokens: number; context?: number | undefined };
  /** The people who may set the agent to work. Absent: every member of the pod. */
  addressableBy?: AddressableBy;
}

export interface AgentDoc extends ViewDoc, AgentFacts {
  handle: string;
  skills: string[];
  /** The person who created the agent, or for whom another agent created it. Refusals name this person. */
  owner: ParticipantId;
  /** True after an action has edited the agent. Its manifest then no longer overrides it. */
  edited: boolean;
  /** The hash of the manifest that was last imported. */
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
