// Folders of blobs: entries are on disk before a write is acknowledged, with no more syncs than needed.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { foldersIn } from '../../../../src/store/embedded/blobs/folders.ts';

describe('folders of blobs', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'skein-folders-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  function counted(most?: number) {
    const synced: string[] = [];
    const syncOne = async (path: string) => void synced.push(relative(root, path) || '.');
    return { synced, ...foldersIn(root, { ...(most ? { most } : {}), syncOne }) };
  }

  it('a new one is made, and its own entry synced with those in it', async () => {
    const { make, sync, synced } = counted();
    await make('a');
    expect((await stat(join(root, 'a'))).isDirectory()).to.equal(true);
    await sync('a');
    expect(synced.sort()).to.deep.equal(['.', 'a']);
  });

  it('of one that is known only the entries in it are synced', async () => {
    const { make, sync, synced } = counted();
    for (let n = 0; n < 3; n++) {
      await make('a');
      await sync('a');
    }
    expect(synced.sort()).to.deep.equal(['.', 'a', 'a', 'a']);
  });

  it('many at once share a sync: the first, and one for all others', async () => {
    const { make, sync, synced } = counted();
    await make('a');
    await Promise.all(Array.from({ length: 16 }, () => sync('a')));
    expect(synced.sort()).to.deep.equal(['.', '.', 'a', 'a']);
  });

  it('remembers those that were needed last', async () => {
    const { make, sync, synced } = counted(2);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) {
      await make(name);
      await sync(name);
    }
    expect(synced.filter((path) => path === '.')).to.have.length(4);
  });
});
