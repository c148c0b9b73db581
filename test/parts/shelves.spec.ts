// What is shipped beside the code: read whole or refused whole, and an absent shelf is an empty one.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { InvalidInput, reasonOf } from '../../src/errors.ts';
import { makeLog } from '../../src/log.ts';
import { readShelves, takeIn } from '../../src/parts/shelves.ts';
import { makeReader } from '../../src/pods/read.ts';
import { aWorld, refusal } from '../pods/build.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('the shelves', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-shelves-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const lines: string[] = [];
  const log = makeLog((line) => lines.push(line), Date.now);

  it('of this repository are read without a fault or a warning', async () => {
    const { agents, skills, servers } = await readShelves(HOME, {}, log);
    expect(agents.map(({ input }) => input.handle)).to.include.members(['scribe', 'scout', 'pilot']);
    expect(skills.map(({ input }) => input.name)).to.include.members(['hand-off-note', 'weekly-review']);
    expect(servers.map(({ name }) => name)).to.include('filesystem');
    expect(lines).to.deep.equal([]);
  });

  it('that are absent are empty', async () => {
    expect(await readShelves(home, {}, log)).to.deep.equal({ agents: [], skills: [], servers: [] });
  });

  it('that can’t be read are refused together, each with its file', async () => {
    await mkdir(join(home, 'manifests/agents/odd.yaml'), { recursive: true });
    await writeFile(join(home, 'manifests/tools'), 'no folder');
    await mkdir(join(home, 'skills'));
    await symlink(home, join(home, 'skills/elsewhere'));
    const error: unknown = await readShelves(home, {}, log).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(reasonOf(error).split('\n').slice(1)).to.deep.equal([
      "- elsewhere: it is a symbolic link, which is not followed. Put the skill's folder itself here.",
      '- manifests/tools: it cannot be read (ENOTDIR). Make it a folder that this user may read.',
      '- manifests/agents/odd.yaml: it cannot be read (EISDIR). Make it a file that this user may read.',
    ]);
  });

  it('with agents whose address a pod has are refused, each with its file, before anything is taken in', async () => {
    const world = await aWorld();
    const core = { act: world.act, read: makeReader(world.store) };
    await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
    await mkdir(join(home, 'manifests/agents'), { recursive: true });
    for (const handle of ['helper', 'launch'])
      await writeFile(
        join(home, `manifests/agents/${handle}.yml`),
        `handle: ${handle}\nname: New\navatar: { emoji: ":memo:" }\npurpose: Helps.\ninstructions: Be brief.\n`,
      );
    const shelves = await readShelves(home, {}, log);
    const before = await world.commits('org');
    const error = await refusal(takeIn(core, shelves));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message.split('\n').slice(1)).to.deep.equal([
      '- manifests/agents/launch.yml: mail to launch@… goes to the pod “Launch”, which had the name first. Give the agent another `handle`, and the file the same name.',
    ]);
    expect(await world.commits('org')).to.deep.equal(before);
    await takeIn(core, { ...shelves, agents: shelves.agents.filter(({ input }) => input.handle === 'helper') });
    expect(await world.doc('agents', 'agent:helper')).to.include({ name: 'New' });
  });
});
