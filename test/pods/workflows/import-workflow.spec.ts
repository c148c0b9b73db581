// The workflows of the files stand in the log of the organisation.
import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { makeReader } from '../../../src/log/read.ts';
import { importWorkflows } from '../../../src/manifests/import-workflows.ts';
import { WORKFLOWS } from '../../../src/pods/workflows/workflow.ts';
import { aWorld, refusal, type World } from '../build.ts';

const tea = (task = 'Boil water') => ({
  ...{ name: 'tea', title: 'Tea', purpose: 'Makes tea.' },
  roles: [{ name: 'maker', what: 'Makes it', usual: 'pilot' }],
  steps: [{ id: 'boil', task, who: 'maker', after: [] }],
});

describe('the workflows of the files', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const takes = (...files: { input: ReturnType<typeof tea>; hash: string }[]) =>
    importWorkflows({ act: world.act, read: makeReader(world.store) }, files);
  const stands = () => world.doc(WORKFLOWS, 'workflow:tea');
  const commits = async () => (await world.commits('org')).length;

  it('are taken in at the start, and only what has changed', async () => {
    await takes({ input: tea(), hash: '1' });
    expect(await stands()).to.deep.include({ name: 'tea', version: 1, steps: tea().steps });
    const before = await commits();
    await takes({ input: tea(), hash: '1' });
    expect(await commits()).to.equal(before);
    await takes({ input: tea('Boil it well'), hash: '2' });
    expect(await stands()).to.deep.include({ version: 2, steps: tea('Boil it well').steps });
  });

  it('are taken in again when a file is put back as it was', async () => {
    await takes({ input: tea(), hash: '1' });
    await takes({ input: tea('Other'), hash: '2' });
    await takes({ input: tea(), hash: '1' });
    expect(await stands()).to.deep.include({ version: 3, hash: '1', steps: tea().steps });
  });

  it('are gone with their file, and come back with it', async () => {
    const listed = async () =>
      (await world.does(world.gil, 'list_workflows')).workflows.map(({ name }: { name: string }) => name);
    await takes({ input: tea(), hash: '1' });
    expect(await listed()).to.deep.equal(['tea']);
    await takes();
    expect(await listed()).to.deep.equal([]);
    await takes({ input: tea(), hash: '1' });
    expect(await listed()).to.deep.equal(['tea']);
  });

  it('are imported by Skein alone', async () => {
    const { name, ...facts } = tea();
    expect(await refusal(world.does(world.ada, 'import_workflow', { name, facts }))).to.be.instanceOf(NotAllowed);
  });
});
