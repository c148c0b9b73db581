// The kind `skills`: how a skill's definition changes and is told.
import { kind } from '../../log/kind.ts';
import { evolveSkill, SKILLS, type SkillChange, type SkillDoc } from './skill.ts';

export const skills = kind<SkillDoc, SkillChange>({
  ref: SKILLS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveSkill,
  describe: ({ type, name }) => [{ skill_imported: 'imported', skill_updated: 'updated' }[type], `the skill ${name}`],
});
