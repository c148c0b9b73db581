// Loads the tools and skills that an agent may use now: those that its current definition names.
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import { SKILLS, type SkillDoc } from '../../pods/skill-definitions/skill.ts';
import type { LoadableSkill } from '../../skills/load-skill.ts';
import type { Kit } from '../../tools/tool.ts';
import { agentOf, skillsOf, withAuthors } from '../sessions/open-session.ts';

export async function kitOf(read: Reader, id: AgentId): Promise<Kit> {
  const agent = await agentOf(read, id);
  const skills = await withAuthors(read, await skillsOf(read, agent));
  return { tools: agent.tools, skills: skills.map(loadable) };
}

/**
 * Converts a skill's document. `hash` identifies the version, because a skill that was edited by an action has no hash
 * of its own.
 */
function loadable(doc: SkillDoc & { author: string }): LoadableSkill {
  return {
    name: doc.name,
    author: doc.author,
    description: doc.description,
    metadata: {},
    allowedTools: doc.allowedTools,
    instructions: doc.instructions,
    files: doc.files.map((file) => ('text' in file ? { ...file, size: Buffer.byteLength(file.text) } : file)),
    hash: `v${doc.version}-${doc.hash ?? 'edited'}`,
    held: { kind: SKILLS.name, id: doc.id, seq: doc.seq },
  };
}
