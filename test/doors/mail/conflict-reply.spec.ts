// “keep mine”, “keep theirs” and “keep both” by mail, in answer to the notice of an upload over a newer version.
import { expect } from 'chai';
import { conflictSaid } from '../../../src/doors/notices/conflict-said.ts';
import { makeReader } from '../../../src/log/read.ts';
import { FILES } from '../../../src/pods/files/file.ts';
import { fileId } from '../../../src/pods/files/files.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { aWorld } from '../../pods/build.ts';

describe('an answer to the notice of an upload over a newer version', () => {
  it('settles it from the side of whoever answers, until it is settled', async () => {
    const world = await aWorld();
    const read = makeReader(world.store);
    const id = fileId(world.pod, 'plan.md');
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    const uploads = () => world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.\nSalt.' }, { origin });
    await uploads();
    await world.does(world.ada, 'put_file', { name: 'plan.md', text: 'Rye.\nSalt.\nYeast.', base: 1 });
    await uploads();
    const item = (await world.doc<NeedDoc>(
      NEEDS,
      needId(world.pod, world.ada as never, { on: FILES.name, id }),
    )) as NeedDoc;
    const said = (person: string, text: string) => conflictSaid(read, item, { person, text });
    expect(await said(world.ben, 'Keep mine.')).to.deep.equal({ file: id, keep: 'upload' });
    expect(await said(world.ada, 'keep mine')).to.deep.equal({ file: id, keep: 'newer' });
    expect(await said(world.ada, 'keep mine, and add salt')).to.equal(undefined);
    expect(await conflictSaid(read, { ...item, reason: 'named' }, { person: world.ada, text: 'keep both' })).to.equal(
      undefined,
    );
    await world.does(world.ada, 'settle_conflict', { file: id, keep: 'newer' });
    expect(await said(world.ada, 'keep mine')).to.equal(undefined);
  });
});
