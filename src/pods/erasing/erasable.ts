// What can be erased and all that its words stand in: found by its id for redact.
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { Erased } from '../../log/view.ts';
import { broughtBy, type MessageDoc } from '../conversations/message.ts';
import { taskNamed } from '../need.ts';
import type { Change } from '../views.ts';

export interface Erasable {
  kind: 'message' | 'task' | 'file' | 'note' | 'title';
  id: string;
  /** All who wrote any of it, ever. */
  authors: ParticipantId[];
  /** When its first words came, in milliseconds since 1970, by the clock that transcripts are written by. */
  since: number;
  /** The commit that brought it. */
  posted?: number;
  erased?: Erased | undefined;
  changes(why: { reasonRef?: BodyRef }): Change[];
  bodies: BodyRef[];
  blobs: string[];
  /** The conversation in which Skein itself posted it. */
  outside?: string | undefined;
}

/** @throws NotFound */
export async function erasableNamed(read: Reader, pod: string, what: string): Promise<Erasable> {
  const id = /^#?\d+$/.test(what) ? (await taskNamed(read, pod, what)).id : what;
  for (const find of [message, task, file, note, title]) {
    const found = await find(read, pod, id);
    if (found) return found;
  }
  throw new NotFound(
    `There is no message, task, file, note or conversation “${what}” in this pod. search_pod and list_files show ids.`,
  );
}

const refs = (...all: (BodyRef | '' | undefined)[]): BodyRef[] => all.filter((ref): ref is BodyRef => Boolean(ref));

async function message(read: Reader, pod: string, id: string): Promise<Erasable | undefined> {
  const doc = await read.get('messages', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'message',
    id,
    authors: [doc.by],
    ...(await cameBy(read, doc)),
    erased: doc.erased,
    changes: (why) => [{ v: 1, on: 'messages', id, type: 'message_erased', ...why }],
    ...wordsOf(doc),
    outside: doc.ours ? doc.conversation : undefined,
  };
}

/** All that a message's words stand in. */
export function wordsOf(doc: MessageDoc): Pick<Erasable, 'bodies' | 'blobs'> {
  const { body, earlier = [], raw } = doc;
  return { bodies: refs(body, ...earlier, broughtBy(doc)), blobs: raw ? [raw] : [] };
}

/** Slack and mail tell when something was said by clocks of their own: only the log's compares with that of a transcript. */
export async function cameBy(read: Reader, { pod, posted }: MessageDoc): Promise<{ since: number; posted: number }> {
  const [commit] = await read.commits(pod, posted, posted);
  return { since: commit?.at ?? 0, posted };
}

async function task(read: Reader, pod: string, id: string): Promise<Erasable | undefined> {
  const doc = await read.get('tasks', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'task',
    id,
    authors: [doc.createdBy],
    since: doc.createdAt,
    erased: doc.erased,
    changes: (why) => [{ v: 1, on: 'tasks', id, type: 'task_erased', ...why }],
    bodies: refs(doc.titleRef, doc.body, ...(doc.earlier ?? [])),
    blobs: [],
  };
}

async function file(read: Reader, pod: string, id: string): Promise<Erasable | undefined> {
  const doc = await read.get('files', id);
  if (doc?.pod !== pod) return undefined;
  const all = await read.find('versions', { where: { file: id }, sort: [['version', 'asc']] });
  const versions = all.filter((version) => !version.erased);
  // A mail it came with holds it too: what else of the mail is wanted stands in bodies and files of its own.
  const hashes = [...new Set(versions.flatMap(({ hash, raw }) => (raw ? [hash, raw] : [hash])))];
  const users = await read.find('versions', { where: { pod, hash: { in: hashes } } });
  // Equal contents of a pod are one blob: what another file still shows has to stay.
  const kept = new Set(
    users.filter((version) => version.file !== id && !version.erased).map((version) => version.hash),
  );
  return {
    kind: 'file',
    id,
    // Also of what was erased before: its reasons go too.
    authors: all.map((version) => version.by),
    since: Math.min(doc.at, ...versions.map((version) => version.at)),
    erased: doc.erased,
    changes: (why) => [
      { v: 1, on: 'files', id, type: 'file_erased', ...why },
      ...versions.map((version): Change => ({ v: 1, on: 'versions', id: version.id, type: 'version_erased', ...why })),
    ],
    // A file that was erased and put again has the reason of back then too.
    bodies: refs(doc.nameRef, ...all.map((version) => version.erased?.reasonRef)),
    blobs: hashes.filter((hash) => !kept.has(hash)),
  };
}

async function note(read: Reader, pod: string, id: string): Promise<Erasable | undefined> {
  const doc = await read.get('notes', id);
  if (doc?.pod !== pod) return undefined;
  return {
    kind: 'note',
    id,
    authors: [doc.by],
    since: doc.at,
    posted: doc.posted,
    erased: doc.erased,
    changes: (why) => [{ v: 1, on: 'notes', id, type: 'note_erased', ...why }],
    bodies: refs(doc.body),
    blobs: [],
  };
}

/** Of a conversation only its title: each message is erased by itself. */
async function title(read: Reader, pod: string, id: string): Promise<Erasable | undefined> {
  const doc = await read.get('conversations', id);
  if (doc?.pod !== pod || !(doc.titleRef || doc.erased)) return undefined;
  return {
    kind: 'title',
    id,
    authors: [doc.startedBy],
    since: doc.startedAt,
    erased: doc.erased,
    changes: (why) => [{ v: 1, on: 'conversations', id, type: 'title_erased', ...why }],
    bodies: refs(doc.titleRef),
    blobs: [],
  };
}
