// Stores blobs in GridFS, named pod/hash. Each upload has its own id, so that two at the same time do not collide; the
// later one is removed.
import { pipeline } from 'node:stream/promises';
import type { mongo } from 'mongoose';
import { checkHash, hashing, isHash } from '../blob-hash.ts';
import type { Blobs } from '../port.ts';
import { driver } from './driver.ts';
import { calling } from './errors.ts';

export function mongoBlobs(db: mongo.Db): Blobs {
  const bucket = new (driver().mongo.GridFSBucket)(db, {
    bucketName: 'blobs',
    writeConcern: { w: 'majority', journal: true },
  });
  const nameOf = (pod: string, hash: string) => `${pod}/${hash}`;
  const filesOf = (name: string) => calling(() => bucket.find({ filename: name }).sort({ _id: 1 }).toArray());

  return {
    async put(pod, hash, content) {
      checkHash(hash);
      const upload = bucket.openUploadStream(nameOf(pod, hash));
      try {
        // If the content has a wrong hash, this throws before GridFS writes the file's entry.
        await calling(() => pipeline(hashing(hash, content), upload));
      } catch (error) {
        await withdraw(upload);
        throw error;
      }
      const [first] = await filesOf(nameOf(pod, hash));
      if (first && !first._id.equals(upload.id)) await calling(() => bucket.delete(upload.id));
    },
    async open(pod, hash) {
      if (!isHash(hash)) return undefined;
      const [first] = await filesOf(nameOf(pod, hash));
      return first && { [Symbol.asyncIterator]: () => chunksOf(bucket, first._id) };
    },
    async remove(pod, hash) {
      if (!isHash(hash)) return;
      for (const { _id } of await filesOf(nameOf(pod, hash))) await calling(() => bucket.delete(_id));
    },
  };
}

async function* chunksOf(bucket: mongo.GridFSBucket, id: mongo.ObjectId): AsyncGenerator<Uint8Array> {
  yield* bucket.openDownloadStream(id) as AsyncIterable<Uint8Array>;
}

/**
 * Removes the chunks of a failed upload. Its own failure is ignored: the caller needs the first error, and left-over
 * chunks are harmless.
 */
async function withdraw(upload: mongo.GridFSBucketWriteStream): Promise<void> {
  await upload.abort().catch(() => undefined);
}
