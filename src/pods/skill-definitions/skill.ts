// The document of a skill: instructions and knowledge that agents load when a task needs them.

import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface SkillFacts {
  description: string;
  instructions: string;
  /** The tools that an agent may use with the skill, from its `allowed-tools`. */
  allowedTools: string[];
  /** Paths are relative to the skill's folder. Of a binary file, such as a picture, only the size in bytes is stored. */
  files: ({ path: string; text: string } | { path: string; size: number })[];
}

export interface SkillDoc extends ViewDoc, SkillFacts {
  name: string;
  version: number;
  by: ParticipantId;
  edited: boolean;
  hash?: string;
}

export const SKILLS = ref<SkillDoc>('skills');

export type SkillChange = { v: 1; on: 'skills'; id: string } & (
  | { type: 'skill_imported'; name: string; facts: SkillFacts; hash: string }
  | { type: 'skill_updated'; name: string; facts: SkillFacts }
);

export function skillId(name: string): string {
  return `skill:${name}`;
}

export function evolveSkill(doc: SkillDoc | undefined, change: SkillChange, meta: Meta): Own<SkillDoc> | undefined {
  const next = { ...change.facts, name: change.name, version: (doc?.version ?? 0) + 1, by: meta.actor };
  switch (change.type) {
    case 'skill_imported':
      return { ...next, edited: false, hash: change.hash };
    case 'skill_updated':
      return doc?.hash ? { ...next, edited: true, hash: doc.hash } : { ...next, edited: true };
    default:
      change satisfies never;
      return doc;
  }
}
