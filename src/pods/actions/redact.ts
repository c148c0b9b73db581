// redact: takes the words of a message, task, file or note out of everything Skein keeps; the log says that it was done.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import { action, type Reader } from '../action.ts';
import type { DeliveryWish } from '../commit.ts';
import { taskNamed } from '../need.ts';
import type { ParticipantId } from '../participant.ts';
import { atLeast } from '../standing.ts';
import type { Erased } from '../views/view.ts';
import type { Change } from '../views.ts';

export const redact = action({
  name: 'redact',
  title: 'Erase something',
  description:
    'Erases a message, task, file (all versions) or note for good. The log keeps that it was erased, by whom and why.',
  input: z.strictObject({
    what: z.string().trim().min(1).describe('Its id, or #number of a task'),
    reason: z.string().trim().min(1).max(300).describe('Why, without the words themselves: it stays'),
  }),
  effect: 'write',
  async load(read, { what }, ctx) {
    const found = await foundBy(read, ctx.pod, what);
    return { ...found, conversations: await mayHold(read, ctx.pod, found.since) };
  },
  allow: ({ authors, kind }, _input, ctx) =>
    (atLeast(ctx.standing, 'guest') && authors.every((author) => author === ctx.actor)) ||
    atLeast(ctx.standing, 'owner') ||
    `Only who wrote this ${kind} alone, or an owner of the pod, can erase it. Ask an owner.`,
  // An archived pod must not keep what has to go, so its state is not asked for.
  decide({ kind, id, erased, changes, bodies, blobs, outside, conversations }, { reason }) {
    if (erased) throw new Conflict(`This ${kind} was erased already.`);
    const deliveries: DeliveryWish[] = [{ kind: 'erase', bodies, postings: [id], blobs, conversations }];
    if (outside) deliveries.push({ kind: 'unpost', conversation: outside, message: id });
    return { changes: changes(reason), deliveries, result: { erased: { kind, id } } };
  },
});

interface Found {
  kind: 'message' | 'task' | 'file' | 'note';
  id: string;
  authors: ParticipantId[];
  /** When its first words came. */
  since: number;
  erased?: Erased | undefined;
  changes: (reason: string) => Change[];
  bodies: string[];
  blobs: string[];
  /** The conversation in which Skein itself posted it. */
  outside?: string | undefined;
}

async function foundBy(read: Reader, pod: string, what: string): Promise<Found> {
  const id = /^#?\d+$/.test(what) ? (await taskNamed(read, pod, what)).id : what;
  for (const find of [message, task, file, note]) {
    const found = await find(read, pod, id);
    if (found) return found;
  }
  throw new NotFound(
    `There is no message, task, file or note “${what}” in this pod. search_pod and list_files show ids.`,
  );
}

async function message(read: Reader, pod: string, id: string): Promise<Found | undefined> {
  const doc = await read.get('messages', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'message',
    id,
    authors: [doc.by],
    since: doc.at,
    erased: doc.erased,
    changes: (reason) => [{ v: 1, on: 'messages', id, type: 'message_erased', reason }],
    bodies: [doc.body, ...(doc.earlier ?? [])],
    blobs: [],
    outside: doc.ours ? doc.conversation : undefined,
  };
}

async function task(read: Reader, pod: string, id: string): Promise<Found | undefined> {
  const doc = await read.get('tasks', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'task',
    id,
    authors: [doc.createdBy],
    since: doc.createdAt,
    erased: doc.erased,
    changes: (reason) => [{ v: 1, on: 'tasks', id, type: 'task_erased', reason }],
    bodies: [...(doc.body ? [doc.body] : []), ...(doc.earlier ?? [])],
    blobs: [],
  };
}

async function file(read: Reader, pod: string, id: string): Promise<Found | undefined> {
  const doc = await read.get('files', id);
  if (doc?.pod !== pod) return undefined;
  const all = await read.find('versions', { where: { file: id }, sort: [['version', 'asc']] });
  const versions = all.filter((version) => !version.erased);
  const hashes = [...new Set(versions.map((version) => version.hash))];
  const users = await read.find('versions', { where: { pod, hash: { in: hashes } } });
  // Equal contents of a pod are one blob: what another file still shows has to stay.
  const kept = new Set(
    users.filter((version) => version.file !== id && !version.erased).map((version) => version.hash),
  );
  return {
    kind: 'file',
    id,
    authors: versions.map((version) => version.by),
    since: Math.min(doc.at, ...versions.map((version) => version.at)),
    erased: doc.erased,
    changes: (reason) => [
      { v: 1, on: 'files', id, type: 'file_erased', reason },
      ...versions.map((version): Change => ({ v: 1, on: 'versions', id: version.id, type: 'version_erased', reason })),
    ],
    bodies: [],
    blobs: hashes.filter((hash) => !kept.has(hash)),
  };
}

async function note(read: Reader, pod: string, id: string): Promise<Found | undefined> {
  const doc = await read.get('notes', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'note',
    id,
    authors: [doc.by],
    since: doc.at,
    erased: doc.erased,
    changes: (reason) => [{ v: 1, on: 'notes', id, type: 'note_erased', reason }],
    bodies: [doc.body],
    blobs: [],
  };
}

/** Conversations in which an agent may have read it, wherever it stood: it can read and search the whole pod. */
async function mayHold(read: Reader, pod: string, since: number): Promise<string[]> {
  const later = await read.find('conversations', { where: { pod, lastAt: { gte: since } } });
  return later.filter((conversation) => conversation.agents.length).map((conversation) => conversation.id);
}
