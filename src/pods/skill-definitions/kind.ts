// The kind `skills`: how the definition of a skill changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import { evolveSkill, SKILLS, type SkillChange, type SkillDoc } from './skill.ts';

export const skills = kind<SkillDoc, SkillChange>({
  ref: SKILLS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveSkill,
  describe: ({ type, name }) => [{ skill_imported: 'imported', skill_updated: 'updated' }[type], `the skill ${name}`],
});
