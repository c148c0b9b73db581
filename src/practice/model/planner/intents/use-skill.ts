// Handles "Which skills do you have?" and "use the release-notes skill". The system text lists the skills, and a tool
// loads a skill's text.

import { call, type Intent, once, say } from '../intent.ts';
import type { Situation, Skill } from '../situation.ts';
import type { Outcome } from '../step.ts';
import { shortened, subjectWords } from '../words.ts';

export const useSkill: Intent = {
  hear({ text }, situation) {
    if (!/\bskills?\b/i.test(text)) return undefined;
    const skill = skillFor(text, situation);
    if (!skill) return /\b(?:which|what|list|show|have)\b/i.test(text) ? () => say(skillList(situation)) : undefined;
    return () =>
      once(call('load_skill', { name: skill.name }), (outcome) => {
        const steps = stepsIn(outcome).map((step) => `- ${step}`);
        const gist = steps.length > 0 ? steps.join('\n') : shortened(instructionsIn(outcome), 600);
        return `Loaded the skill "${skill.name}". It says:\n${gist}`;
      });
  },
};

function skillList({ skills }: Situation): string {
  if (skills.length === 0) return 'I have no skills here.';
  return ['My skills:', ...skills.map(({ name, description }) => `- ${name}: ${shortened(description, 160)}`)].join(
    '\n',
  );
}

/** Returns the skill whose name, or at least three words of whose description, are in the text. */
export function skillFor(text: string, { skills }: Situation): Skill | undefined {
  const said = new Set(subjectWords(text.replace(/[-_]/g, ' ')).map(stem));
  const shared = (words: string) =>
    subjectWords(words.replace(/[-_]/g, ' ')).filter((word) => said.has(stem(word))).length;
  return (
    skills.find(({ name }) => shared(name) === name.split(/[-_\s]+/).length) ??
    skills.find(({ description }) => shared(description) >= 3)
  );
}

/** Returns the steps of a skill: the list items in its instructions. */
export function stepsIn(outcome: Outcome | undefined): string[] {
  const items = instructionsIn(outcome).matchAll(/^\s*(?:[-*]|\d+[.)])\s+(?:\[[ x]\]\s*)?(.+)$/gm);
  return [...items].map(([, step = '']) => shortened(step, 200)).slice(0, 20);
}

/** Returns the longest text in the result, at any depth. */
function instructionsIn(outcome: Outcome | undefined): string {
  if (outcome?.kind !== 'ok') return '';
  return textsIn(outcome.json ?? outcome.text).reduce(
    (longest, text) => (text.length > longest.length ? text : longest),
    '',
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function stem(word: string): string {
  return word.replace(/(?:ies|es|s|ing|ed)$/, '');
}
