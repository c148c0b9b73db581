// take_out_quotes (Skein's own): says on the log that passages were erased, because they quoted a text that was erased.
// The bodies themselves are changed where they are stored; a file gets a new version.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import { action } from '../action.ts';
import { MESSAGES, type MessageDoc } from '../conversations/message.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { FILES, type FileDoc, VERSIONS, type VersionDoc, versionId } from '../files/file.ts';
import { contentOf, mimeOf } from '../files/files.ts';
import { uploadsOf } from '../files/given.ts';
import { type Change, KINDS } from '../kinds.ts';
import { QUESTIONS, type QuestionDoc } from '../questions/question.ts';
import { changed, remindedOf } from '../questions/settling/reminders.ts';
import { cardOf } from '../tasks/cards/card.ts';
import { TASKS, type TaskDoc } from '../tasks/task.ts';
import { onlySkein } from '../telling/hear.ts';

/** The views whose documents lose passages, beside files. */
export type LosesPassages = Extract<Change, { type: 'passage_erased' }>['on'];

export function losesPassages(on: string): on is LosesPassages {
  return KINDS.get(on)?.sourceErased === 'passages';
}

interface Found {
  messages: MessageDoc[];
  tasks: TaskDoc[];
  questions: QuestionDoc[];
  file: { doc: FileDoc; versions: VersionDoc[] } | undefined;
}

export const takeOutQuotes = action({
  name: 'take_out_quotes',
  title: 'Take out quotes',
  description: 'Takes passages out of what agents wrote, because they quote a text that was erased.',
  input: z.strictObject({
    things: z.array(z.strictObject({ on: z.string().refine(losesPassages), id: z.string() })).default([]),
    /** A file, its content without the passages, and the versions that have them. */
    file: z.strictObject({ id: z.string(), text: z.string(), versions: z.array(z.int().min(1)) }).optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, { things, file }): Promise<Found> {
    const all = (on: string) => things.filter((thing) => thing.on === on).map(({ id }) => id);
    return {
      messages: await docs(all('messages'), (id) => read.get(MESSAGES, id)),
      tasks: await docs(all('tasks'), (id) => read.get(TASKS, id)),
      questions: await docs(all('questions'), (id) => read.get(QUESTIONS, id)),
      file: file && (await fileOf(read, file)),
    };
  },
  allow: onlySkein,
  decide({ messages, tasks, questions, file }, input, ctx) {
    const changes: Change[] = input.things.flatMap(({ on, id }) =>
      losesPassages(on) ? [{ v: 1 as const, on, id, type: 'passage_erased' as const }] : [],
    );
    const cards = tasks.flatMap((task) => cardOf(task) ?? []);
    const posts = messages
      .filter(({ ours }) => ours)
      .map(({ id: message, conversation }) => ({ message, conversation }));
    const asks = questions.map(({ message, conversation }) => ({ message, conversation }));
    const shown = new Map([...posts, ...cards, ...asks].map((post) => [post.message, post]));
    const deliveries: DeliveryWish[] = [
      ...[...shown.values()].map((post): DeliveryWish => ({ kind: 'update', ...post })),
      ...questions.flatMap(remindedOf).map(changed),
    ];
    if (file && input.file) {
      const { doc, versions } = file;
      const content = contentOf({ text: input.file.text });
      const version = doc.version + 1;
      const { nameRef, id, mime } = doc;
      const facts = { version, hash: ctx.blob(content), size: content.length, mime: mime || mimeOf('', content) };
      const stays = !versions.some((one) => one.version === doc.version);
      if (nameRef && !stays)
        changes.push(
          { v: 1, on: 'files', id, type: 'file_put', nameRef, ...facts, ...from(doc) },
          { v: 1, on: 'versions', id: versionId(id, version), type: 'version_put', file: id, ...facts, ...from(doc) },
        );
      for (const one of versions) changes.push({ v: 1, on: 'versions', id: one.id, type: 'version_erased' });
      deliveries.push(...replacedInSlack(file, stays ? undefined : version));
      const since = Math.min(...versions.map(({ at }) => at));
      const blobs = versions.map(({ hash }) => hash);
      deliveries.push({ kind: 'erase', bodies: [], postings: [], blobs, since });
    }
    return { changes, deliveries, result: {} };
  },
});

/** Where the versions were uploaded, the newest one without the passages takes their place. */
function replacedInSlack({ doc, versions }: NonNullable<Found['file']>, version: number | undefined): DeliveryWish[] {
  const uploads = versions.flatMap(uploadsOf);
  const removed = uploads.map((upload): DeliveryWish => ({ kind: 'unfile', ...upload }));
  const { id: file, conversation, version: was } = doc;
  if (!version || !uploads.some((upload) => upload.conversation === conversation) || !conversation) return removed;
  return [...removed, { kind: 'file', conversation, by: 'skein', file, version, was }];
}

function from({ conversation }: FileDoc): { conversation?: string } {
  return conversation ? { conversation } : {};
}

async function docs<D, I>(ids: readonly I[], get: (id: I) => Promise<D | undefined>): Promise<D[]> {
  return (await Promise.all(ids.map(get))).filter((doc) => doc !== undefined);
}

/** @throws NotFound if nothing of it is left to erase */
async function fileOf(read: Reader, { id, versions }: { id: string; versions: number[] }): Promise<Found['file']> {
  const doc = await read.get(FILES, id);
  const found = await docs(versions, (version) => read.get(VERSIONS, versionId(id, version)));
  const left = found.filter(({ erased }) => !erased);
  if (!doc || !left.length) throw new NotFound('These versions of the file are erased already.');
  return { doc, versions: left };
}
