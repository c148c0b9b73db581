// attach_skill, detach_skill: change which skills an agent has.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { AgentId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { agentToChange, mayChange, skillName, skillNamed } from './agent-words.ts';

const input = z.strictObject({ agent: z.string().min(1).describe('Handle'), skill: skillName });

export const attachSkill = action({
  name: 'attach_skill',
  title: 'Attach a skill',
  description: 'Gives an agent a skill: it then knows of it and loads it when a task asks for it. Nobody is told.',
  input,
  effect: 'write',
  org: true,
  async load(read, { agent, skill }, ctx) {
    await skillNamed(read, skill);
    return agentToChange(read, agent, ctx);
  },
  allow: (view, _input, ctx) => mayChange(view, ctx),
  decide({ agent }, { skill }) {
    if (agent.skills.includes(skill)) throw new Conflict(`${agent.name} already has the skill ${skill}.`);
    return {
      changes: [{ v: 1, on: 'agents', id: agent.id as AgentId, type: 'skill_attached', skill }],
      result: { agent: { id: agent.id, handle: agent.handle, skills: [...agent.skills, skill] } },
    };
  },
});

export const detachSkill = action({
  name: 'detach_skill',
  title: 'Detach a skill',
  description: 'Takes a skill from an agent; the skill itself stays. Nobody is told.',
  input,
  effect: 'write',
  org: true,
  load: (read, { agent }, ctx) => agentToChange(read, agent, ctx),
  allow: (view, _input, ctx) => mayChange(view, ctx),
  decide({ agent }, { skill }) {
    if (!agent.skills.includes(skill))
      throw new Conflict(`${agent.name} has no skill ${skill}; it has: ${agent.skills.join(', ') || 'none'}.`);
    return {
      changes: [{ v: 1, on: 'agents', id: agent.id as AgentId, type: 'skill_detached', skill }],
      result: { agent: { id: agent.id, handle: agent.handle, skills: agent.skills.filter((name) => name !== skill) } },
    };
  },
});
