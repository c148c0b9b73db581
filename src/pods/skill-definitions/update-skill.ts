// update_skill: adds a skill or changes one. An agent that has the skill gets the new version when it next loads it.
import { z } from 'zod';
import { action } from '../action.ts';
import { askersNow, mayWriteSkill, skillName } from '../agent-definitions/agent-words.ts';
import { SKILLS, skillId } from './skill.ts';

export const updateSkill = action({
  name: 'update_skill',
  title: 'Write a skill',
  description:
    'Makes a skill, or puts other instructions in place: all agents that carry it work by them from their next load. One that came with Skein is changed by owners of the organisation. By an agent: whoever asked for it sees the difference, and says yes.',
  input: z.strictObject({
    name: skillName.describe('As in hand-off-note'),
    description: z.string().trim().min(1).max(1024).describe('What it does and when to use it'),
    instructions: z.string().trim().min(1).max(50_000).describe('The whole text, Markdown'),
  }),
  effect: 'write',
  org: true,
  load: async (read, { name }, ctx) => ({
    skill: await read.get(SKILLS, skillId(name)),
    askers: await askersNow(read, ctx),
  }),
  allow: (view, _input, ctx) => mayWriteSkill(view, ctx),
  replaces: ({ skill }) => skill && { on: SKILLS.name, doc: skill },
  drafts: ({ skill }, after) =>
    skill && { fields: ['description', 'instructions'], before: textOf(skill), after: textOf(after) },
  decide({ skill }, { name, description, instructions }) {
    const { allowedTools = [], files = [] } = skill ?? {};
    const facts = { description, instructions, allowedTools, files };
    return {
      changes: [{ v: 1, on: 'skills', id: skillId(name), type: 'skill_updated', name, facts }],
      result: { skill: { name, version: (skill?.version ?? 0) + 1 } },
    };
  },
});

function textOf({ description, instructions }: { description: string; instructions: string }): string {
  return `${description}\n\n${instructions}`;
}
