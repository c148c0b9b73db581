// Measures commits per second in a short and in a long log, with one and with eight writers.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { grow, sentence } from './grow.ts';
import { inTurns, ratios, taken } from './measure.ts';
import { atLeast, line, title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage, say } from './stage.ts';

const SHORT = 1000;
const LONG = 100_000;
const ROUNDS = 7;
const COMMITS = 240;

interface Grown {
  stage: Stage;
  benchPod: BenchPod;
  threads: number;
  said: number;
}

export async function commits(): Promise<void> {
  await onStore('embedded store', () => undefined);
  const { MONGODB_URI: uri } = process.env;
  if (uri) await onStore('MongoDB', () => ownDatabase(uri));
  else title('   MongoDB: not measured, MONGODB_URI is not set');
}

async function onStore(name: string, database: () => string | undefined): Promise<void> {
  title(`3. Commits of a message per second, ${name}`);
  const open: Stage[] = [];
  const uris = [database(), database()];
  try {
    const short = await grown(open, uris[0], SHORT);
    const long = await grown(open, uris[1], LONG);
    const sides = {
      short1: () => rate(short, 1),
      long1: () => rate(long, 1),
      short8: () => rate(short, 8),
      long8: () => rate(long, 8),
    };
    for (const side of Object.values(sides)) await side();
    const found = await inTurns(ROUNDS, sides);
    for (const writers of [1, 8] as const) {
      const [few, many] = [found(`short${writers}`, 'rate'), found(`long${writers}`, 'rate')];
      const who = writers === 1 ? '1 writer' : `${writers} writers`;
      line(`${SHORT} commits in the pod, ${who}`, few, '/s');
      line(`${LONG} commits in the pod, ${who}`, many, '/s');
      line(`long / short, ${who}`, ratios(many, few), '', atLeast(0.8));
      const [light, heavy] = [found(`short${writers}`, 'cpu'), found(`long${writers}`, 'cpu')];
      line(`CPU of a commit, long / short, ${who}`, ratios(heavy, light));
      line(`CPU of a commit in the long log, ${who}`, heavy, 'ms');
    }
  } finally {
    for (const stage of open) await stage.stop();
    for (const uri of uris) if (uri) await drop(uri);
  }
}

async function grown(open: Stage[], uri: string | undefined, size: number): Promise<Grown> {
  const stage = await openStage(uri);
  open.push(stage);
  const benchPod = await makePod(stage, 1);
  return { stage, benchPod, said: size + 1, ...(await grow(stage, benchPod, size)) };
}

/** The writers of a pod are serialised. Eight of them show that the waiting costs nothing. */
async function rate(grown: Grown, writers: number): Promise<{ rate: number; cpu: number }> {
  const { stage, benchPod, threads } = grown;
  const write = async () => {
    for (let each = 0; each < COMMITS / writers; each++) {
      const n = grown.said++;
      await say(stage, benchPod, sentence(n), n, 1 + ((n * 7919) % threads));
    }
  };
  const { wallMs, cpuMs } = await taken(() => Promise.all(Array.from({ length: writers }, write)));
  return { rate: COMMITS / (wallMs / 1000), cpu: cpuMs / COMMITS };
}

/** The URI of another database on the same server. It is dropped at the end. */
function ownDatabase(uri: string): string {
  const own = new URL(uri);
  own.pathname = `/skein_bench_${randomBytes(6).toString('hex')}`;
  return own.toString();
}

async function drop(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
