// Keeps an upload beside a newer version that it would overwrite, and tells both authors.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { type AgentId, isAgent, isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import { quoted } from '../../history/phrase.ts';
import type { Change } from '../../kinds.ts';
import { NEEDS, needId } from '../../needs/need.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { FILES, type FileDoc, VERSIONS, type VersionDoc } from '../file.ts';
import { fileId, plainName, textIn } from '../files.ts';
import { madeFromOlder } from './made-from-older.ts';

/** An upload that was made from an older version. */
export interface Clash {
  /** The name under which the upload is kept. */
  copy: string;
  uploader: Named;
  author: Named;
}

const MOST_VERSIONS = 20;
const MOST_COPIES = 20;
const LONGEST_NAME = 60;
const LONGEST_STEM = 100;

/** Undefined if the upload is simply the next version. Only uploads in Slack have the name that their person chose. */
export async function clashOf(
  read: Reader,
  ctx: Ctx,
  upload: { name: string; file: FileDoc | undefined; content: Uint8Array; hash: string },
): Promise<Clash | undefined> {
  const { name, file, content, hash } = upload;
  if (ctx.origin?.kind !== 'slack' || !file || file.erased) return undefined;
  if (file.by === ctx.actor || file.hash === hash) return undefined;
  const item = await read.get(NEEDS, needId(ctx.pod, ctx.actor as never, { on: FILES.name, id: file.id }));
  // The person was told of the newer version, and uploads the file again to put it in its place.
  if (item?.state === 'open' && item.round >= file.seq) return undefined;
  if (!(await isOlder(read, ctx, { file, content, hash }))) return undefined;
  const names = await namesOfAll(read, [ctx.actor, file.by]);
  const uploader = called(names, ctx.actor);
  return { uploader, author: called(names, file.by), copy: await freeName(read, ctx, { name, uploader }) };
}

async function isOlder(
  read: Reader,
  { pod, actor }: Ctx,
  { file, content, hash }: { file: FileDoc; content: Uint8Array; hash: string },
): Promise<boolean> {
  const where = { file: file.id };
  const found = await read.find(VERSIONS, { where, sort: [['version', 'desc']], limit: MOST_VERSIONS });
  const earlier = found.filter(({ version, erased }) => version < file.version && !erased);
  if (earlier.some((version) => version.hash === hash)) return true;
  const older = earlier.find(({ by }) => by === actor) ?? earlier[0];
  const [upload, newest, before] = [
    textIn(content),
    await textOf(read, pod, file),
    older && (await textOf(read, pod, older)),
  ];
  if (upload === undefined || newest === undefined || before === undefined) return false;
  return madeFromOlder({ upload, newest, older: before });
}

async function textOf(read: Reader, pod: string, { hash }: FileDoc | VersionDoc): Promise<string | undefined> {
  const content = await read.blob(pod, hash);
  return content && textIn(content);
}

/** Returns a name such as `plan (Ben Okafor, 2026-11-02).md` that no file of the pod has. */
async function freeName(
  read: Reader,
  { pod, at }: Ctx,
  { name, uploader }: { name: string; uploader: Named },
): Promise<string> {
  const [, stem = name, ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? [];
  const day = new Date(at).toISOString().slice(0, 10);
  const mark = `${plainName(uploader.name).slice(0, LONGEST_NAME)}, ${day}`;
  const names = Array.from({ length: MOST_COPIES }, (_, n) => {
    return `${stem.slice(0, LONGEST_STEM).trim()} (${mark}${n ? `, ${n + 1}` : ''})${ending}`;
  });
  const ids = names.map((one) => fileId(pod, one));
  const taken = new Set((await read.find(FILES, { where: { id: { in: ids } } })).map(({ id }) => id));
  return names.find((_, n) => !taken.has(ids[n] ?? '')) ?? (names.at(-1) as string);
}

/** Returns the changes that make the conflict visible, and wake the agent that wrote the newer version. */
export function conflicting(
  ctx: Ctx,
  { uploader, author, copy }: Clash,
  { file, name, copyId, copyRef }: { file: FileDoc; name: string; copyId: string; copyRef: BodyRef },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const post = conflictPost(ctx, file);
  const marked: Change = {
    ...{ v: 1, on: 'files', id: file.id, type: 'file_conflicted', copy: copyId, copyRef },
    ...(post ? { post } : {}),
  };
  const { by, version } = file;
  if (!isAgent(by) || !post) return { changes: [marked], deliveries: [] };
  const text = `${uploader.name} uploaded ${quoted(name)}, made from an older version than ${author.name}'s (version ${version}). Both are kept: theirs is ${quoted(copy)}. @${author.handle}, look at what differs.`;
  const { conversation, message } = post;
  return {
    changes: [
      marked,
      {
        ...{ v: 1, on: 'messages', id: message, type: 'message_posted', conversation, by: 'skein' },
        ...behind(ctx.actor),
        ...{ body: ctx.text(text), at: ctx.at, places: [], copy: copyId },
      },
      { v: 1, on: 'conversations', id: conversation, type: 'work_given', agents: [by as AgentId], begins: true },
    ],
    deliveries: [
      { kind: 'post', conversation, message },
      { kind: 'wake', agent: by as AgentId, conversation, because: message },
    ],
  };
}

/** Returns where the conflict is told: in the conversation in which an agent wrote the newer version. */
export function conflictPost(
  ctx: Ctx,
  { by, conversation }: FileDoc,
): { conversation: string; message: string } | undefined {
  return isAgent(by) && conversation ? { conversation, message: ctx.id('m') } : undefined;
}

function behind(actor: ParticipantId) {
  return isPerson(actor) ? { onBehalfOf: actor } : {};
}
