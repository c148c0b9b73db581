// What is shipped beside the code: read whole or refused whole, and an absent folder is an empty one.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { InvalidInput, reasonOf } from '../../src/errors.ts';
import { makeLog } from '../../src/log.ts';
import { startCore } from '../../src/parts/core.ts';
import { importShipped, readShipped } from '../../src/parts/shipped.ts';
import { makeReader } from '../../src/pods/read.ts';
import { skillId } from '../../src/pods/views/skill.ts';
import { aWorld, refusal } from '../pods/build.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('what is shipped', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-shipped-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const lines: string[] = [];
  const log = makeLog((line) => lines.push(line), Date.now);

  it('is read in this repository without a fault or a warning', async () => {
    const { agents, skills, servers } = await readShipped(HOME, {}, log);
    expect(agents.map(({ input }) => input.handle)).to.include.members(['scribe', 'scout', 'pilot']);
    expect(skills.map(({ input }) => input.name)).to.include.members(['hand-off-note', 'weekly-review']);
    expect(servers.map(({ name }) => name)).to.include('filesystem');
    expect(lines).to.deep.equal([]);
  });

  it('is nothing where the folders are absent', async () => {
    expect(await readShipped(home, {}, log)).to.deep.equal({ agents: [], skills: [], servers: [] });
  });

  it('names what is no text of a skill, without warning or fault', async () => {
    await mkdir(join(home, 'skills/brand/assets'), { recursive: true });
    await writeFile(
      join(home, 'skills/brand/SKILL.md'),
      '---\nname: brand\ndescription: How we look. Use it for anything people see.\n---\nSee assets/logo.png.\n',
    );
    await writeFile(join(home, 'skills/brand/assets/logo.png'), Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
    await writeFile(join(home, 'skills/brand/colours.md'), 'Brown.');
    const { skills } = await readShipped(home, {}, log);
    expect(skills.map(({ input }) => input.files)).to.deep.equal([
      [
        { path: 'assets/logo.png', size: 12 },
        { path: 'colours.md', text: 'Brown.' },
      ],
    ]);
    expect(lines).to.deep.equal([]);
    const core = await startCore({ dataDir: join(home, 'data') }, Date.now, log);
    try {
      await importShipped(core, { agents: [], skills, servers: [] });
      const doc = await core.read.get('skills', skillId('brand'));
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
    const error: unknown = await readShipped(home, {}, log).catch((thrown: unknown) => thrown);
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
    const shipped = await readShipped(home, {}, log);
    const before = await world.commits('org');
    const error = await refusal(importShipped(core, shipped));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message.split('\n').slice(1)).to.deep.equal([
      '- manifests/agents/launch.yml: mail to launch@… goes to the pod “Launch”, which had the name first. Give the agent another `handle`, and the file the same name.',
    ]);
    expect(await world.commits('org')).to.deep.equal(before);
    await importShipped(core, { ...shipped, agents: shipped.agents.filter(({ input }) => input.handle === 'helper') });
    expect(await world.doc('agents', 'agent:helper')).to.include({ name: 'New' });
  });
});
