// Findings about the machine: Node, data directory, store, model. Pure.
import type { ModelFound } from '../agents/model/check.ts';
import type { DirectoryFound } from '../store/check-directory.ts';
import type { StoreFound } from '../store/check-store.ts';
import type { MongoFound } from '../store/mongo/check-mongo.ts';
import { type Finding, fault, ok, warning } from './check.ts';

/** Returns the finding about the version of Node. `wanted`: the range in package.json, such as `>=20.19`. */
export function nodeFinding(version: string, wanted: string): Finding {
  const least = wanted.replace(/^>=\s*/, '');
  if (isAtLeast(version, least)) return ok(version);
  return fault(`${version} is older than ${least}.`, `Install Node ${least} or newer.`);
}

function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number));
  const differs = want?.findIndex((part, n) => part !== (have?.[n] ?? 0)) ?? -1;
  return differs < 0 || (have?.[differs] ?? 0) > (want?.[differs] ?? 0);
}

const GB = 2 ** 30;
/** In bytes. Less free disk space than this is a fault, or a warning. */
const ROOM = { fault: GB / 4, warning: 2 * GB };

export function directoryFinding(dir: string, { absent, freeBytes, holder }: DirectoryFound): Finding {
  const free = freeBytes < GB ? `${Math.floor(freeBytes / 2 ** 20)} MB` : `${Math.floor(freeBytes / GB)} GB`;
  const cure = 'Make room on its disk, or name a directory on another in SKEIN_DATA_DIR.';
  if (freeBytes < ROOM.fault) return fault(`${dir} has only ${free} left.`, cure);
  if (freeBytes < ROOM.warning) return warning(`${dir} has only ${free} left.`, cure);
  const state = absent
    ? 'made at the first start'
    : holder === undefined
      ? 'not in use'
      : `in use by process ${holder}`;
  return ok(`${dir} (${state}, ${free} free)`);
}

export function storeFinding({ kind, steps }: StoreFound): Finding {
  const name = { embedded: 'The embedded store', mongo: 'MongoDB', memory: 'The store in memory' }[kind];
  return ok(`${name} works: ${steps.map((step) => `${step.name} ${step.ms}`).join(', ')} ms`);
}

/** In milliseconds. A write to a majority that takes longer is slow enough for people to notice. */
const SLOW_MS = 1000;

export function mongoFinding({ shape, version, majorityMs }: MongoFound): Finding {
  const says = `${version}, ${shapeWords(shape)}; most servers had a write after ${majorityMs} ms`;
  if (shape.kind === 'single server')
    return warning(`${says}.`, 'Make it a replica set, with one member at least: docs/operating.md says why.');
  if (majorityMs > SLOW_MS)
    return warning(`${says}, which is slow.`, 'Look at the load and the disks of its servers, and the way to them.');
  return ok(says);
}

function shapeWords(shape: MongoFound['shape']): string {
  switch (shape.kind) {
    case 'replica set':
      return `replica set ${shape.name} of ${shape.members}`;
    case 'sharded cluster':
    case 'single server':
      return shape.kind;
    default:
      return shape satisfies never;
  }
}

export function modelFinding(name: string, { ms, usage }: ModelFound): Finding {
  const tokens = usage.input + usage.cacheRead + usage.cacheWrite;
  return ok(`${name} answered after ${ms} ms (${tokens} tokens read, ${usage.output} written)`);
}
