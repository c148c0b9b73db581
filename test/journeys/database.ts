// A database of its own for each test on MongoDB, when MONGODB_URI names an engine.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

/** The address of a new database; undefined when there is no engine. */
export function freshDatabase(): string | undefined {
  const uri = process.env.MONGODB_URI;
  if (!uri) return undefined;
  const url = new URL(uri);
  url.pathname = `/skein_test_${randomBytes(16).toString('hex')}`;
  return url.href;
}

/** Every content that is kept beside documents. */
export async function contentsIn(uri: string): Promise<string[]> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
  const chunks = await connection.collection('blobs.chunks').find().toArray();
  await connection.close();
  return chunks.map(({ data }) => Buffer.from(data.buffer).toString('latin1'));
}

export async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
