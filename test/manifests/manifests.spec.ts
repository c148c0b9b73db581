// The shipped files: all are read or all are refused, and an absent folder counts as empty.

import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { InvalidInput, reasonOf } from '../../src/errors.ts';
import { makeReader } from '../../src/log/read.ts';
import { makeLogger } from '../../src/logger.ts';
import { difference } from '../../src/manifests/difference.ts';
import { reportEdited } from '../../src/manifests/edited.ts';
import { importShipped } from '../../src/manifests/import.ts';
import { readShipped, surveyShipped } from '../../src/manifests/read.ts';
import { takeShipped } from '../../src/manifests/take.ts';
import { AGENTS } from '../../src/pods/agent-definitions/agent.ts';
import { SKILLS, skillId } from '../../src/pods/skill-definitions/skill.ts';
import { startCore } from '../../src/start/core.ts';
import { aWorld, refusal } from '../pods/build.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('what is shipped', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-shipped-'));
    // Skein says nothing without them.
    await cp(join(HOME, 'templates'), join(home, 'templates'), { recursive: true });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const lines: string[] = [];
  const logger = makeLogger((line) => lines.push(line), Date.now);

  it('is read in this repository without a fault or a warning', async () => {
    const { agents, skills, servers, workflows } = await readShipped(HOME, {}, logger);
    expect(agents.map(({ input }) => input.handle)).to.include.members(['scribe', 'scout', 'pilot']);
    expect(skills.map(({ input }) => input.name)).to.include.members(['hand-off-note', 'weekly-review']);
    expect(servers.map(({ name }) => name)).to.include('filesystem');
    expect(workflows.map(({ input }) => input.name)).to.deep.equal([
      ...['change-to-release', 'customer-question', 'weekly-slides'],
    ]);
    expect(lines).to.deep.equal([]);
  });

  it('is nothing where the folders are absent', async () => {
    await rm(join(home, 'templates/workflows'), { recursive: true });
    const { texts, ...shipped } = await readShipped(home, {}, logger);
    expect(shipped).to.deep.equal({ agents: [], skills: [], servers: [], workflows: [] });
    expect(texts.fill('pod-invitation', 'no')).to.equal('Not now');
  });

  it('names what is no text of a skill, without warning or fault', async () => {
    await mkdir(join(home, 'skills/brand/assets'), { recursive: true });
    await writeFile(
      join(home, 'skills/brand/SKILL.md'),
      '---\nname: brand\ndescription: How we look. Use it for anything people see.\n---\nSee assets/logo.png.\n',
    );
    await writeFile(join(home, 'skills/brand/assets/logo.png'), Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
    await writeFile(join(home, 'skills/brand/colours.md'), 'Brown.');
    const { skills } = await readShipped(home, {}, logger);
    expect(skills.map(({ input }) => input.files)).to.deep.equal([
      [
        { path: 'assets/logo.png', size: 12 },
        { path: 'colours.md', text: 'Brown.' },
      ],
    ]);
    expect(lines).to.deep.equal([]);
    const core = await startCore({ dataDir: join(home, 'data') }, Date.now, logger);
    try {
      await importShipped(core, { agents: [], skills });
      const doc = await core.read.get(SKILLS, skillId('brand'));
      expect(doc?.files).to.deep.equal(skills[0]?.input.files);
    } finally {
      await core.stop();
    }
  });

  it('is refused together where it can’t be read, each with its file', async () => {
    await mkdir(join(home, 'manifests/agents/odd.yaml'), { recursive: true });
    await writeFile(join(home, 'manifests/tools'), 'no folder');
    await mkdir(join(home, 'skills'));
    await symlink(home, join(home, 'skills/elsewhere'));
    const error: unknown = await readShipped(home, {}, logger).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(reasonOf(error).split('\n').slice(1)).to.deep.equal([
      "- elsewhere: it is a symbolic link, which is not followed. Put the skill's folder itself here.",
      '- manifests/tools: it cannot be read (ENOTDIR). Make it a folder that this user may read.',
      '- manifests/agents/odd.yaml: it cannot be read (EISDIR). Make it a file that this user may read.',
    ]);
  });

  it('is refused with agents whose address a pod has, each with its file, before anything is imported', async () => {
    const world = await aWorld();
    const core = { act: world.act, read: makeReader(world.store) };
    await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
    await mkdir(join(home, 'manifests/agents'), { recursive: true });
    for (const handle of ['helper', 'launch'])
      await writeFile(
        join(home, `manifests/agents/${handle}.yml`),
        `handle: ${handle}\nname: New\navatar: { emoji: ":memo:" }\npurpose: Helps.\ninstructions: Be brief.\n`,
      );
    const shipped = await readShipped(home, {}, logger);
    const before = await world.commits('org');
    const error = await refusal(importShipped(core, shipped));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message.split('\n').slice(1)).to.deep.equal([
      '- manifests/agents/launch.yml: mail to launch@… goes to the pod “Launch”, which had the name first. Give the agent another `handle`, and the file the same name.',
    ]);
    expect(await world.commits('org')).to.deep.equal(before);
    await importShipped(core, { ...shipped, agents: shipped.agents.filter(({ input }) => input.handle === 'helper') });
    expect(await world.doc(AGENTS, 'agent:helper')).to.include({ name: 'New' });
  });

  const anAgent = (handle: string, purpose = 'Helps.', more = '') =>
    `handle: ${handle}\nname: New\navatar: { emoji: ":memo:" }\npurpose: ${purpose}\ninstructions: |\n  Be brief.\n  Ask first.\n${more}`;
  const put = async (file: string, text: string) => {
    await mkdir(join(home, file, '..'), { recursive: true });
    await writeFile(join(home, file), text);
  };

  for (const [name, files, told] of [
    [
      'as .yaml and .yml',
      { 'manifests/agents/helper.yaml': anAgent('helper'), 'manifests/agents/helper.yml': anAgent('helper', 'Other.') },
      'manifests/agents/helper.yaml (`handle`) and manifests/agents/helper.yml (`handle`) have the same name "helper"',
    ],
    [
      'in a copy under another name',
      { 'manifests/agents/helper.yaml': anAgent('helper'), 'manifests/agents/helper-2.yaml': anAgent('helper') },
      'manifests/agents/helper-2.yaml (`handle`) and manifests/agents/helper.yaml (`handle`) have the same name "helper"',
    ],
    [
      'of a tool server',
      {
        'manifests/tools/crm.yaml': 'name: crm\ndescription: Customers.\nenabled: false\nurl: https://a.test/mcp\n',
        'manifests/tools/crm.yml': 'name: crm\ndescription: Customers.\nenabled: false\nurl: https://b.test/mcp\n',
      },
      'manifests/tools/crm.yaml (`name`) and manifests/tools/crm.yml (`name`) have the same name "crm"',
    ],
    [
      'of an agent and a tool server',
      {
        'manifests/agents/crm.yaml': anAgent('crm'),
        'manifests/tools/crm.yaml': 'name: crm\ndescription: Customers.\nenabled: false\nurl: https://a.test/mcp\n',
      },
      'manifests/tools/crm.yaml (`name`) and manifests/agents/crm.yaml (`handle`) have the same name "crm"',
    ],
  ] as const)
    it(`is refused with two manifests of one handle: ${name}`, async () => {
      for (const [file, text] of Object.entries(files)) await put(file, text);
      const error: unknown = await readShipped(home, {}, logger).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(InvalidInput);
      expect(reasonOf(error).split('\n').slice(1)).to.deep.equal([
        `- ${told}. Give each its own name, and its file the same, or take away the one that is not meant.`,
      ]);
    });

  it('is refused with two manifests whose handles differ by case alone, with one word on both', async () => {
    await put('manifests/agents/helper.yaml', anAgent('helper'));
    await put('manifests/agents/Helper.yaml', anAgent('Helper'));
    const told = reasonOf(await readShipped(home, {}, logger).catch((thrown: unknown) => thrown));
    expect(told).to.include(
      '- manifests/agents/Helper.yaml (`handle`) and manifests/agents/helper.yaml (`handle`) have the same name "helper".',
    );
  });

  describe('and was edited since', () => {
    const started = async (
      core: Parameters<typeof importShipped>[0] & { read: Parameters<typeof reportEdited>[0] },
    ) => {
      const told: string[] = [];
      const hear = makeLogger((line) => told.push(line.slice(line.indexOf(' ') + 1)), Date.now);
      const shipped = await readShipped(home, {}, hear);
      await importShipped(core, shipped);
      await reportEdited(core.read, shipped, hear);
      return told;
    };

    it('is named at the start, with the difference and the command that takes it, until it is taken', async () => {
      const world = await aWorld();
      const core = { act: world.act, read: makeReader(world.store) };
      await put('manifests/agents/helper.yaml', anAgent('helper'));
      await put('skills/brand/SKILL.md', '---\nname: brand\ndescription: How we look.\n---\nBrown.\n');
      expect(await started(core)).to.deep.equal([]);
      await world.does(world.ada, 'update_agent', { agent: 'helper', purpose: 'Sings.', tools: ['list_tasks'] });
      await world.does(world.ada, 'update_skill', {
        name: 'brand',
        description: 'How we look.',
        instructions: 'Blue.',
      });
      await put('manifests/agents/helper.yaml', anAgent('helper', 'Dances.', 'tools: [create_task]\n'));
      const told = [
        'warn shipped file not taken in file="manifests/agents/helper.yaml" reason="It was edited since by an action, and what stands is kept." take="npx skein take --agent helper"',
        'warn shipped file differs file="manifests/agents/helper.yaml" line="- purpose: Sings."',
        'warn shipped file differs file="manifests/agents/helper.yaml" line="+ purpose: Dances."',
        'warn shipped file differs file="manifests/agents/helper.yaml" line="- tools: list_tasks"',
        'warn shipped file differs file="manifests/agents/helper.yaml" line="+ tools: create_task"',
        'warn shipped file not taken in file="skills/brand" reason="It was edited since by an action, and what stands is kept." take="npx skein take --skill brand"',
        'warn shipped file differs file="skills/brand" line="- instructions: Blue."',
        'warn shipped file differs file="skills/brand" line="+ instructions: Brown."',
      ];
      expect(await started(core)).to.deep.equal(told);
      expect(await started(core)).to.deep.equal(told);
      expect(await world.doc(AGENTS, 'agent:helper')).to.include({ purpose: 'Sings.' });

      const take = async (kind: 'agent' | 'skill', name: string) =>
        takeShipped(core, await surveyShipped(home, {}), { kind, name });
      expect(await take('agent', 'helper')).to.deep.equal({ took: 'agent helper', version: 3 });
      expect(await world.doc(AGENTS, 'agent:helper')).to.include({ purpose: 'Dances.', edited: false });
      await take('skill', 'brand');
      expect(await world.doc(SKILLS, skillId('brand'))).to.include({ instructions: 'Brown.', edited: false });
      expect((await refusal(take('skill', 'brand'))).message).to.equal(
        'The skill “brand” is as its file says; there is nothing to take in.',
      );
      expect((await refusal(take('agent', 'helper'))).message).to.contain('nothing to take in');
      expect(await started(core)).to.deep.equal([]);

      // From then on its file counts again.
      await put('manifests/agents/helper.yaml', anAgent('helper', 'Rests.'));
      expect(await started(core)).to.deep.equal([]);
      expect(await world.doc(AGENTS, 'agent:helper')).to.include({ purpose: 'Rests.' });
      const error = await refusal(take('agent', 'nobody'));
      expect(error.message).to.equal('There is no file of the agent “nobody”. There are: helper.');
    });

    it('is told in a few lines, however much differs', () => {
      const side = (text: string) => ({ words: {}, lists: {}, texts: { instructions: text } });
      const long = Array.from({ length: 500 }, (_, n) => `${n} ${'x'.repeat(500)}`).join('\n');
      const lines = difference(side(long), side(long.replaceAll('x', 'y')));
      expect(lines).to.have.length(12);
      expect(lines.at(-1)).to.equal('… and 989 more lines');
      for (const line of lines) expect(line.length).to.be.at.most(160);
      expect(difference(side('a\nb\nc'), side('a\nB\nc'))).to.deep.equal(['- instructions: b', '+ instructions: B']);
      expect(difference(side(long), side(long))).to.deep.equal([]);
    });
  });
});
