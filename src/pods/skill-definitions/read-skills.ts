// list_skills, read_skill: the skills of the organisation and their contents.

import { z } from 'zod';
import { action } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import { skillNamed } from '../agent-definitions/agent-words.ts';
import { ORG } from '../members/rights.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { SKILLS } from './skill.ts';

export const listSkills = action({
  name: 'list_skills',
  title: 'List skills',
  description:
    'Lists the skills of the organisation, each with its description in the words of its author, and which agents carry it.',
  input: z.strictObject({}),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read) {
    const [skills, agents] = await Promise.all([
      read.find(SKILLS, { where: { pod: ORG }, sort: [['id', 'asc']] }),
      read.find(AGENTS, { where: { pod: ORG }, sort: [['id', 'asc']] }),
    ]);
    const authors = skills.map((skill) => skill.by);
    return { skills, agents, names: await namesOfAll(read, authors) };
  },
  decide({ skills, agents, names }) {
    return {
      changes: [],
      result: {
        skills: skills.map(({ name, description, version, by }) => ({
          name,
          description,
          by: called(names, by).name,
          version,
          agents: agents.filter((agent) => agent.skills.includes(name)).map((agent) => agent.handle),
        })),
      },
    };
  },
});

export const readSkill = action({
  name: 'read_skill',
  title: 'Read a skill',
  description: 'Shows a skill: its instructions, tools, files, version, and who wrote it last.',
  input: z.strictObject({ name: z.string().min(1) }),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read, { name }) {
    const skill = await skillNamed(read, name);
    return { skill, names: await namesOfAll(read, [skill.by]) };
  },
  decide({ skill, names }) {
    const { name, description, instructions, allowedTools, files, version, edited } = skill;
    const by = called(names, skill.by).name;
    const paths = files.map((file) => file.path);
    return {
      changes: [],
      result: { skill: { name, description, instructions, allowedTools, files: paths, version, edited, by } },
      shows: { whole: [{ kind: SKILLS.name, id: skill.id, seq: skill.seq }] },
    };
  },
});
