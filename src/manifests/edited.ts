// Reports at the start which shipped agents and skills were edited by an action. The edited definition is used, not the
// file; the difference and the cure are logged.

import type { Reader } from '../log/action.ts';
import type { Logger } from '../logger.ts';
import { AGENTS } from '../pods/agent-definitions/agent.ts';
import { agentId } from '../pods/agent-definitions/agent-words.ts';
import { SKILLS, skillId } from '../pods/skill-definitions/skill.ts';
import { difference, type Side } from './difference.ts';
import type { Shipped } from './read.ts';

/** Logs a warning for each edited agent and skill. Called once per start; changes nothing. */
export async function reportEdited(
  read: Reader,
  { agents, skills }: Pick<Shipped, 'agents' | 'skills'>,
  logger: Logger,
): Promise<void> {
  for (const { file, input } of agents) {
    const doc = await read.get(AGENTS, agentId(input.handle));
    if (doc?.edited)
      logEdited(logger, file, `--agent ${input.handle}`, difference(ofAgent({ ...doc }), ofAgent(input)));
  }
  for (const { input } of skills) {
    const name = String(input.name);
    const doc = await read.get(SKILLS, skillId(name));
    if (doc?.edited)
      logEdited(logger, `skills/${name}`, `--skill ${name}`, difference(ofSkill({ ...doc }), ofSkill(input)));
  }
}

/** True if the stored definition differs from its file. */
export function differs(kind: 'agent' | 'skill', stands: object, file: Fields): boolean {
  const side = kind === 'agent' ? ofAgent : ofSkill;
  return difference(side({ ...stands }), side(file)).length > 0;
}

function logEdited(logger: Logger, file: string, which: string, lines: readonly string[]): void {
  if (!lines.length) return;
  const reason = 'It was edited since by an action, and what stands is kept.';
  logger.warn('shipped file not taken in', { file, reason, take: `npx skein take ${which}` });
  for (const line of lines) logger.warn('shipped file differs', { file, line });
}

type Fields = Readonly<Record<string, unknown>>;

function ofAgent(of: Fields): Side {
  const { name, avatar, purpose, model, budget, instructions, tools, skills } = of;
  return {
    words: { name, avatar, purpose, model, budget, addressable_by: of.addressable_by ?? of.addressableBy },
    lists: { tools, skills },
    texts: { instructions },
  };
}

function ofSkill({ description, instructions, allowedTools, files }: Fields): Side {
  const all = Array.isArray(files) ? (files as { path: string; text?: string; size?: number }[]) : [];
  const texts = all.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const]));
  return {
    words: { description },
    lists: {
      allowedTools,
      files: all.map(({ path, size, text }) => (text === undefined ? `${path} (${size} bytes)` : path)),
    },
    texts: { instructions, ...Object.fromEntries(texts) },
  };
}
