// The versions of a file: listed, compared, restored, and sent to one person alone.
import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { VERSIONS, type VersionDoc, versionId } from '../../../src/pods/files/file.ts';
import { fileId } from '../../../src/pods/files/files.ts';
import { lastLines } from '../../../src/pods/files/version-changes.ts';
import { aWorld, refusal, type World } from '../build.ts';

describe('the versions of a file', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.' });
    await world.does(world.scribe, 'put_file', { name: 'plan.md', text: 'Rye.\nSalt.', base: 1 });
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.\nSugar.', base: 2 });
    world.delivered.length = 0;
  });
  const lists = (input: object = {}) => world.does(world.gil, 'list_versions', { name: 'plan.md', ...input });
  const restores = (version: number, who: 'ben' | 'gil' = 'ben') =>
    world.does(world[who], 'restore_file', { name: 'plan.md', version });
  const text = async () => (await world.does(world.gil, 'read_file', { name: 'plan.md' })).text;

  it('are listed with who wrote them, the newest first, and page by page', async () => {
    const { versions, next } = await lists({ limit: 2 });
    expect(versions.map(({ version, by }: Record<string, unknown>) => [version, by])).to.deep.equal([
      [3, 'Ben Okafor'],
      [2, 'Scribe'],
    ]);
    expect((await lists({ before: next })).versions.map(({ version }: { version: number }) => version)).to.deep.equal([
      1,
    ]);
  });

  it('say what each changed', async () => {
    expect((await lists({ changes_in: 3 })).changes).to.equal('@ line 1\n  Rye.\n- Salt.\n+ Sugar.');
    expect((await lists({ changes_in: 1 })).note).to.equal('This is the first version.');
    expect(await refusal(lists({ changes_in: 4 }))).to.be.instanceOf(NotFound);
  });

  it('become the newest again, which restoring the one before undoes', async () => {
    expect(await restores(1)).to.deep.include({
      file: { id: fileId(world.pod, 'plan.md'), name: 'plan.md', version: 4, was: 3 },
    });
    expect(await text()).to.equal('Rye.');
    expect((await lists()).versions[0]).to.deep.include({ version: 4, by: 'Ben Okafor', restores: 1 });
    const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
    expect(history[0].did).to.equal('restored version 1 of the file “plan.md” (as version 4)');
    await restores(3);
    expect(await text()).to.equal('Rye.\nSugar.');
  });

  it('that are the newest already, were erased or are not there are not restored, nor by a guest', async () => {
    expect(await refusal(restores(3))).to.be.instanceOf(Conflict);
    expect(await refusal(restores(9))).to.be.instanceOf(NotFound);
    expect(await refusal(restores(1, 'gil'))).to.be.instanceOf(NotAllowed);
  });

  it('keep the label of a stranger’s text when they are restored', async () => {
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    await world.does(world.ada, 'put_file', { name: 'theirs.md', text: 'Pay me.' }, { origin });
    await world.does(world.ada, 'put_file', { name: 'theirs.md', text: 'Ours.', base: 1 });
    await world.does(world.ada, 'restore_file', { name: 'theirs.md', version: 1 });
    expect(await world.does(world.ada, 'read_file', { name: 'theirs.md' })).to.include({ outside: true });
  });

  it('are sent to whoever asks, alone, and an erasure takes them away there', async () => {
    expect(await world.does(world.gil, 'send_file', { name: 'plan.md', version: 2 })).to.deep.include({
      through: 'slack',
    });
    expect(world.delivered).to.have.length(1);
    expect(world.delivered[0]).to.deep.include({ kind: 'file', person: world.gil, through: 'slack', version: 2 });
    const doc = await world.doc<VersionDoc>(VERSIONS, versionId(fileId(world.pod, 'plan.md'), 2));
    expect(doc?.sentTo).to.deep.equal([world.gil]);
    // Nobody else hears of it.
    const { history } = await world.does(world.ada, 'pod_history', {});
    expect(history.at(-1).did).to.equal('changed the file “plan.md” (version 3)');
    await world.does(world.ada, 'redact', { what: fileId(world.pod, 'plan.md') });
    const gone = world.delivered.filter(({ kind }) => kind === 'unfile');
    expect(gone).to.have.length(1);
    expect(gone[0]).to.deep.include({ person: world.gil, version: doc?.id });
  });

  it('are sent by mail if the person asks by mail; an agent sends them to the one person it works for', async () => {
    await world.act({
      ...{ pod: world.pod, actor: world.ben, via: 'email', action: 'send_file' },
      ...{ input: { name: 'plan.md' }, key: 'm' },
    });
    expect(world.delivered.at(-1)).to.deep.include({ kind: 'file', person: world.ben, through: 'email', version: 3 });
    await world.does(world.scribe, 'send_file', { name: 'plan.md' }, { onBehalfOf: world.ada });
    expect(world.delivered.at(-1)).to.deep.include({ person: world.ada, by: world.scribe });
    expect(await refusal(world.does(world.scribe, 'send_file', { name: 'plan.md' }))).to.be.instanceOf(InvalidInput);
  });

  it('with a long difference show its end', () => {
    expect(lastLines('+ a\n+ b\n+ c', 8)).to.equal('… 1 earlier lines of the difference\n+ b\n+ c');
    expect(lastLines('+ a', 8)).to.equal('+ a');
  });
});
