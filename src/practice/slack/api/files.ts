// The methods files.*: the three steps of an upload, and reading and deleting files.
import { announceFile, deleteFile, shareFiles } from '../acts/files.ts';
import { appAuthor } from '../acts/post.ts';
import { isObject } from '../blocks/rules.ts';
import type { Json } from '../given.ts';
import { presentFile } from '../present.ts';
import type { FileRecord } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { isIn, joinedChannel, threadRoot } from './access.ts';
import { has, jsonOf, namesOf, optionalText, textOf } from './arguments.ts';
import { blocksOf } from './compose.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

const MOST_BYTES = 1_000_000_000;

export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': {
    tier: 4,
    scopes: ['files:write'],
    required: ['filename', 'length'],
    missing: { filename: 'missing_argument', length: 'missing_argument' },
    errors: ['file_upload_size_restricted', 'missing_argument'],
    run: getUploadUrl,
  },
  'files.completeUploadExternal': {
    tier: 4,
    scopes: ['files:write'],
    required: ['files'],
    errors: [
      'channel_not_found',
      'file_not_found',
      'file_update_failed',
      'invalid_blocks',
      'not_in_channel',
      'posting_to_channel_denied',
    ],
    run: completeUpload,
  },
  'files.delete': {
    tier: 3,
    scopes: ['files:write'],
    required: ['file'],
    errors: ['cant_delete_file', 'file_deleted', 'file_not_found'],
    run: removeFile,
  },
  'files.info': { tier: 4, scopes: ['files:read'], required: ['file'], errors: ['file_not_found'], run: fileInfo },
};

function getUploadUrl({ workspace, args }: Call): Json {
  const size = Number(textOf(args, 'length'));
  if (!Number.isInteger(size) || size <= 0) refuse('invalid_arguments', ['[ERROR] length must be a positive integer']);
  if (size > MOST_BYTES) refuse('file_upload_size_restricted');
  const file = announceFile(workspace, { name: textOf(args, 'filename'), size, user: workspace.state.app.botUserId });
  return { file_id: file.id, upload_url: `${workspace.origin}/upload/v1/${file.id}/${file.secret}` };
}

function completeUpload({ workspace, args }: Call): Json {
  const named = jsonOf(args, 'files', 'invalid_arguments');
  if (!Array.isArray(named) || named.length === 0)
    return refuse('invalid_arguments', ['[ERROR] files must be a list of objects with id']);
  const files = named.filter(isObject).map((one) => titled(workspace, one));
  const blocks = blocksOf(args, { longBlocks: 'invalid_blocks' }, 'invalid_blocks');
  const channels = has(args, 'channel_id') ? [textOf(args, 'channel_id')] : namesOf(args, 'channels');
  const targets = channels.map((id) => joinedChannel(workspace, id));
  if (targets.some((channel) => channel.archived)) refuse('posting_to_channel_denied');
  const author = appAuthor(workspace, {});
  workspace.commit(files.map((file) => ({ kind: 'file-set', file })));
  for (const channel of targets) {
    const thread = threadRoot(workspace, channel, optionalText(args, 'thread_ts'), 'file_update_failed');
    shareFiles(workspace, channel, author, files, { text: textOf(args, 'initial_comment'), thread, blocks });
  }
  return { files: files.map((file) => presentFile(workspace, workspace.state.files.get(file.id) ?? file)) };
}

function titled({ state }: Workspace, one: Json): FileRecord {
  const file = state.files.get(String(one.id));
  if (!file?.uploaded) return refuse('file_not_found');
  return has(one, 'title') ? { ...file, title: textOf(one, 'title') } : file;
}

function fileInfo({ workspace, args }: Call): Json {
  const file = workspace.state.files.get(textOf(args, 'file'));
  if (file === undefined || !mayRead(workspace, file)) return refuse('file_not_found');
  return { file: presentFile(workspace, file), comments: [] };
}

/** Deletes a file. The app can delete only its own files. */
function removeFile({ workspace, args }: Call): Json {
  const id = textOf(args, 'file');
  if (workspace.state.goneFiles.has(id)) return refuse('file_deleted');
  const file = workspace.state.files.get(id);
  if (file === undefined || !mayRead(workspace, file)) return refuse('file_not_found');
  if (file.user !== workspace.state.app.botUserId) return refuse('cant_delete_file');
  deleteFile(workspace, file);
  return {};
}

/** True if the user can read the file. The app can read its own files and those shared in its conversations. */
export function mayRead({ state }: Workspace, file: FileRecord, user = state.app.botUserId): boolean {
  const shared = file.shares.flatMap((share) => state.channels.get(share.channel) ?? []);
  return file.user === user || shared.some((channel) => channel.kind === 'public' || isIn(channel, user));
}
