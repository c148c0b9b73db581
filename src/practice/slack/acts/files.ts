// Stores uploaded files, and shares them in a conversation through a message.
import { newId, newSecret } from '../ids.ts';
import type { Channel, FileRecord, Message } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { post } from './post.ts';

const MIMETYPES: Record<string, string> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  html: 'text/html',
  jpg: 'image/jpeg',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function announceFile(
  workspace: Workspace,
  { name, size, user }: { name: string; size: number; user: string },
): FileRecord {
  const file: FileRecord = {
    id: newId('F'),
    name,
    title: name,
    mimetype: MIMETYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
    size,
    user,
    created: Math.floor(workspace.clock() / 1000),
    secret: newSecret(),
    uploaded: false,
    shares: [],
  };
  workspace.commit([{ kind: 'file-set', file }]);
  return file;
}

/** Stores the bytes first, and then the file's record. */
export function receiveFile(workspace: Workspace, file: FileRecord, bytes: Buffer): void {
  workspace.bytes.put(file.id, bytes);
  workspace.commit([{ kind: 'file-set', file: { ...file, size: bytes.length, uploaded: true } }]);
}

/** Deletes the file. Messages that contained it stay without it. */
export function deleteFile(workspace: Workspace, file: FileRecord): void {
  workspace.commit([{ kind: 'file-gone', file: file.id }]);
  workspace.bytes.remove(file.id);
}

export function shareFiles(
  workspace: Workspace,
  channel: Channel,
  author: Partial<Message>,
  files: readonly FileRecord[],
  said: { text: string; thread?: string | undefined; blocks?: Message['blocks'] | undefined },
): Message {
  const { blocks, ...rest } = said;
  const draft = {
    ...rest,
    subtype: 'file_share',
    files: files.map((file) => file.id),
    ...(blocks === undefined ? {} : { blocks }),
  };
  return post(workspace, channel, author, draft, (message) =>
    files.map((file) => ({
      kind: 'file-shared',
      file: file.id,
      channel: channel.id,
      ts: message.ts,
      user: file.user,
      eventTs: message.ts,
    })),
  );
}
