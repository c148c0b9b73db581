// import_skill (Skein's own): imports a shipped skill. It replaces an edited skill only if told to, and never imports
// the same files twice.
import { z } from 'zod';
import { action } from '../action.ts';
import { hashOf, skillName } from '../agent-definitions/agent-words.ts';
import { SKILLS, skillId } from './skill.ts';

export const importSkill = action({
  name: 'import_skill',
  title: 'Import a skill',
  description: 'Takes in a skill from its folder.',
  // The object is not strict, because the frontmatter may have fields that the document does not store.
  input: z.object({
    name: skillName,
    description: z.string().trim().min(1),
    instructions: z.string(),
    allowedTools: z.array(z.string()).default([]),
    files: z
      .array(z.union([z.object({ path: z.string(), text: z.string() }), z.object({ path: z.string(), size: z.int() })]))
      .default([]),
    over: z.literal(true).optional().describe('In place of what stands, also where that was edited'),
  }),
  effect: 'write',
  org: true,
  internal: true,
  load: async (read, { name }) => ({ skill: await read.get(SKILLS, skillId(name)) }),
  allow: () => 'Skills are imported by Skein, from its folders. Use update_skill.',
  decide({ skill }, { name, over, ...facts }, ctx) {
    const hash = hashOf(ctx);
    const kept = skill !== undefined && !over && (skill.edited || skill.hash === hash);
    return {
      changes: kept ? [] : [{ v: 1, on: 'skills', id: skillId(name), type: 'skill_imported', name, facts, hash }],
      result: { skill: { name, imported: !kept } },
    };
  },
});
