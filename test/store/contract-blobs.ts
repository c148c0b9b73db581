// The contract of blobs.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { InvalidInput } from '../../src/errors.ts';
import type { Opened } from './contract-data.ts';

const hashOf = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

async function readAll(content: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  if (!content) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

export function blobsContract({ store, reopen, pod }: Opened): void {
  describe('blobs', () => {
    it('are streamed in and out, and kept', async () => {
      const name = pod();
      const chunk = Buffer.from(Array.from({ length: 65_537 }, (_, i) => i % 251));
      const content = Buffer.concat(Array<Buffer>(320).fill(chunk));
      async function* streamed() {
        for (let i = 0; i < 320; i += 1) yield chunk;
      }
      await store().blobs.put(name, hashOf(content), streamed());
      await reopen();
      const found = await store().blobs.open(name, hashOf(content));
      expect((await readAll(found))?.equals(content)).to.equal(true);
      expect((await readAll(found))?.length, 'read a second time').to.equal(content.length);
    });

    it('may be empty', async () => {
      const name = pod();
      await store().blobs.put(name, hashOf(''), new Uint8Array());
      expect((await readAll(await store().blobs.open(name, hashOf(''))))?.length).to.equal(0);
    });

    it('are unknown under another hash, another pod, or what is no hash', async () => {
      const name = pod();
      const content = Buffer.from('here');
      await store().blobs.put(name, hashOf(content), content);
      for (const [owner, hash] of [
        [name, hashOf('there')],
        [pod(), hashOf(content)],
        [name, '../../skein.db'],
        [name, ''],
      ] as const)
        expect(await store().blobs.open(owner, hash)).to.equal(undefined);
    });

    it('are refused when the content is not what the hash says, or the hash is none', async () => {
      const name = pod();
      const content = Buffer.from('something else');
      expect(await rejection(store().blobs.put(name, hashOf('this'), content))).to.be.instanceOf(InvalidInput);
      expect(await store().blobs.open(name, hashOf('this'))).to.equal(undefined);
      expect(await rejection(store().blobs.put(name, '../../escaped', content))).to.be.instanceOf(InvalidInput);
    });

    it('leave nothing behind when their stream breaks', async () => {
      const name = pod();
      async function* broken() {
        yield Buffer.alloc(400_000);
        throw new Error('the stream broke');
      }
      expect(await rejection(store().blobs.put(name, hashOf('x'), broken()))).to.have.property(
        'message',
        'the stream broke',
      );
      expect(await store().blobs.open(name, hashOf('x'))).to.equal(undefined);
    });

    it('may be put twice, even at once', async () => {
      const name = pod();
      const content = Buffer.alloc(600_000, 7);
      const put = () => store().blobs.put(name, hashOf(content), content);
      await Promise.all([put(), put(), put()]);
      await put();
      expect((await readAll(await store().blobs.open(name, hashOf(content))))?.equals(content)).to.equal(true);
      await store().blobs.remove(name, hashOf(content));
      expect(await store().blobs.open(name, hashOf(content))).to.equal(undefined);
      await store().blobs.remove(name, hashOf(content));
    });

    it('belong to their pod, whatever its name', async () => {
      const content = Buffer.from('mine');
      for (const name of ['../up', 'a/b', 'ä 😀']) {
        await store().blobs.put(name, hashOf(content), content);
        expect(String(await readAll(await store().blobs.open(name, hashOf(content))))).to.equal('mine');
        await store().blobs.remove(name, hashOf(content));
      }
    });
  });
}
