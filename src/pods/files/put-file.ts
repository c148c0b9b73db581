// put_file: writes a new file, or a new version of one. A write says on which version it is based.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { type Said, said } from '../../log/body.ts';
import { sha256 } from '../../log/ids.ts';
import { outside, versioned } from '../../log/labels/label.ts';
import { isAgent, isPerson, type Named } from '../../log/participant.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import type { Change } from '../kinds.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { minute, requirePod } from '../require.ts';
import { clashOf, conflicting, conflictPost } from './conflicts/conflict.ts';
import { overwritten } from './conflicts/overwritten.ts';
import { FILES, type FileDoc, versionId } from './file.ts';
import { contentOf, fileId, fileName, MOST_BYTES, mimeOf } from './files.ts';
import { type FileRef, MOST_WRITTEN, writtenBy } from './written.ts';

/** In characters. Base64 takes four characters for three bytes, and some line ends. */
const MOST_BASE64 = MOST_BYTES * 1.4;

export const putFile = action({
  name: 'put_file',
  title: 'Put a file',
  description:
    'Writes a whole file of the pod, for what people keep or work on. They get it in the thread after your answer, so do not repeat it there. To change a file, read it first and give its version as base.',
  input: z.strictObject({
    name: fileName.describe('As in plans/launch.md'),
    text: z.string().max(MOST_BYTES).optional().describe('The whole content'),
    base64: z.string().max(MOST_BASE64).optional().describe('Instead of text, for other contents'),
    base: z.int().min(0).optional().describe('The version you read'),
  }),
  effect: 'write',
  async load(read, input, ctx) {
    const file = await read.get(FILES, fileId(ctx.pod, input.name));
    const by = file?.erased?.by ?? file?.by;
    const content = contentOf(input);
    const upload = { name: input.name, file, content, hash: sha256(content) };
    const clash = input.base === undefined ? await clashOf(read, ctx, upload) : undefined;
    const conversation =
      isAgent(ctx.actor) && ctx.conversation ? await read.get(CONVERSATIONS, ctx.conversation) : undefined;
    return {
      file,
      content,
      clash,
      waiting: writtenBy(conversation?.written, ctx.actor),
      by: by && called(await namesOfAll(read, [by]), by),
    };
  },
  replaces: ({ file }) => (file && !file.erased ? { on: FILES.name, doc: file } : undefined),
  decide({ file, content, clash, waiting, by }, { name: given, base }, ctx): Decision<{ file: PutResult }> {
    requirePod(ctx);
    // A person who uploads a file in Slack names no version.
    if (ctx.origin?.kind !== 'slack' || base !== undefined) refuseStale(given, file, by, base);
    refuseMore(waiting, fileId(ctx.pod, given));
    const name = clash?.copy ?? given;
    const version = clash ? 1 : (file?.version ?? 0) + 1;
    const id = fileId(ctx.pod, name);
    const facts = {
      version,
      hash: ctx.blob(content),
      size: content.length,
      mime: mimeOf(name, content),
    };
    // A file that arrived by mail or in Slack gets an outside label. A file that this action writes is the actor's own
    // text.
    const handedOver = ctx.origin?.kind === 'email' || ctx.origin?.kind === 'slack';
    const label = handedOver ? outside({ kind: 'file', by: ctx.actor }) : undefined;
    const nameRef = (clash ? '' : file?.nameRef) || ctx.text(name, label);
    const labelled = versioned({ hash: label });
    const raw = ctx.origin?.kind === 'email' && ctx.origin.raw ? { raw: ctx.origin.raw } : {};
    const from = isAgent(ctx.actor) && ctx.conversation ? { conversation: ctx.conversation } : {};
    const was = file && !file.erased ? { was: file.version } : {};
    const people = [ctx.actor, file?.by].filter(isPerson);
    const post = clash && file ? conflictPost(ctx, file) : undefined;
    const copyOf =
      clash && file ? { copyOf: { file: file.id, people, version: file.version, ...(post ? { post } : {}) } } : {};
    const conflict =
      clash && file ? conflicting(ctx, clash, { file, name: given, copyId: id, copyRef: nameRef }) : overwritten(file);
    return {
      changes: [
        { ...labelled, on: 'files', id, type: 'file_put', nameRef, ...facts, ...from, ...copyOf },
        {
          ...labelled,
          on: 'versions',
          id: versionId(id, version),
          type: 'version_put',
          file: id,
          ...facts,
          ...raw,
          ...from,
        },
        ...writtenIn(ctx, { file: id, version, ...was }),
        ...conflict.changes,
      ],
      deliveries: conflict.deliveries,
      result: {
        file: {
          id,
          name: said(nameRef, label),
          version,
          ...(clash && file ? { beside: said(file.nameRef, file.labels?.hash) } : {}),
        },
      },
    };
  },
});

/** An agent's file goes to the people of the conversation together with its next message there. */
function writtenIn({ actor, conversation }: Ctx, file: FileRef): Change[] {
  if (!isAgent(actor) || !conversation) return [];
  return [{ v: 1, on: 'conversations', id: conversation, type: 'file_written', by: actor, ...file }];
}

/** @throws Conflict if so many files wait for the agent's next message already */
function refuseMore(waiting: readonly FileRef[], id: string): void {
  if (waiting.length < MOST_WRITTEN || waiting.some(({ file }) => file === id)) return;
  throw new Conflict(
    `${waiting.length} files that you wrote here wait for your next message, which hands them over. Write that message (post_message), then go on.`,
  );
}

interface PutResult {
  id: string;
  name: Said;
  version: number;
  /** The name of the file beside which an upload is kept, because it was made from an older version of it. */
  beside?: Said;
}

function refuseStale(name: string, file: FileDoc | undefined, by: Named | undefined, base: number | undefined): void {
  if (!file) {
    if (!base) return;
    throw new Conflict(`There is no file “${name}”, so nothing has version ${base}. Leave out base to make it new.`);
  }
  const who = by?.name ?? 'somebody';
  if (file.erased) {
    if (!base) return;
    throw new Conflict(
      `“${name}” was erased by ${who} at ${minute(file.erased.at)}. Leave out base if it is to be put again all the same.`,
    );
  }
  if (base === file.version) return;
  const wrote = base ? `you wrote from version ${base}` : 'you named no version that you read';
  throw new Conflict(
    `“${name}” is at version ${file.version}, by ${who} at ${minute(file.at)}; ${wrote}. Read it with read_file, merge the two, and put it again with base: ${file.version}.`,
  );
}
