// The files that an agent hands over with a message, as the attachments of its mail.
import { MOST_ATTACHED } from '../../email/limits.ts';
import type { Outgoing } from '../../email/render/compose-mail.ts';
import type { Reader } from '../../log/action.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import { FILES, VERSIONS, versionId } from '../../pods/files/file.ts';
import { megabytes, withFileNames } from '../../pods/files/files.ts';
import type { FileRef } from '../../pods/files/written.ts';
import type { Texts } from '../../texts/texts.ts';

export interface Attached {
  attachments?: NonNullable<Outgoing['attachments']>;
  /** Sentences about files that are not attached. */
  notes: string[];
}

export async function attachmentsOf(
  { read, texts }: { read: Reader; texts: Texts },
  { gives = [] }: Pick<MessageDoc, 'gives'>,
): Promise<Attached> {
  let room = MOST_ATTACHED;
  const attachments: NonNullable<Outgoing['attachments']> = [];
  const notes: string[] = [];
  for (const ref of gives) {
    const found = await versionOf(read, ref);
    // The name of an erased file is erased too.
    if (!found) continue;
    const { name, mime, content } = found;
    if (content.length > room) {
      const fields = { file: name, size: megabytes(content.length), most: megabytes(MOST_ATTACHED) };
      notes.push(texts.fill('agent-file', 'too-large', fields));
      continue;
    }
    room -= content.length;
    attachments.push({ name: name.split('/').at(-1) || name, mime, content });
  }
  return { notes, ...(attachments.length ? { attachments } : {}) };
}

async function versionOf(read: Reader, { file: id, version: number }: FileRef) {
  const [version, doc] = await Promise.all([read.get(VERSIONS, versionId(id, number)), read.get(FILES, id)]);
  if (!version?.hash || !doc || doc.erased) return undefined;
  const [[named], content] = await Promise.all([withFileNames(read, [doc]), read.blob(version.pod, version.hash)]);
  return named && content && { name: named.name, mime: version.mime, content };
}
