// The kind `skills`: how the definition of a skill changes, and how history describes it.
import { kind } from '../../log/kind.ts';
import { evolveSkill, SKILLS, type SkillChange, type SkillDoc, type SkillFacts } from './skill.ts';

export const skills = kind<SkillDoc, SkillChange>({
  ref: SKILLS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveSkill,
  describe: ({ type, name }) => [{ skill_imported: 'imported', skill_updated: 'updated' }[type], `the skill ${name}`],
  held: { noun: () => 'skill', text: (skill) => ({ text: skillText(skill) }) },
});

/** Returns everything of a skill that an agent can load, as one text. */
function skillText({ description, instructions, files }: SkillFacts): string {
  const named = files.map((file) => `File ${file.path}:\n${'text' in file ? file.text : `${file.size} bytes`}`);
  return [description, instructions, ...named].join('\n\n');
}
