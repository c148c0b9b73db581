// Uploads a file in three calls: gets an upload URL, sends the bytes, shares the file. The SDK's own helper would send
// the bot token with the bytes.
import { z } from 'zod';
import { InvalidInput, Retryable } from '../../errors.ts';
import { FILE_NAME_CHARS, UPLOAD_TIMEOUT_MS } from '../limits.ts';
import { present } from '../present.ts';
import { type Calling, call } from './call.ts';
import { messagesSince } from './post.ts';
import { httpProblem } from './slack-errors.ts';

export interface ToUpload {
  channel: string;
  threadTs?: string | undefined;
  name: string;
  content: string | Uint8Array;
  /**
   * True if an earlier attempt may have succeeded. A file of this name that appeared in this thread since `oldest` then
   * counts as the upload.
   */
  resend?: boolean;
  oldest?: string | undefined;
}

export interface Uploading extends Calling {
  fetch: typeof fetch;
}

const uploadUrl = z.object({ upload_url: z.url(), file_id: z.string().min(1) });
const shared = z.object({ files: z.array(z.object({ id: z.string() })) });
const withFiles = z.object({ files: z.array(z.object({ id: z.string(), name: z.string().nullish() })) });

/**
 * Uploads the file. Slack shares it a moment after this resolves. After a Retryable, call again with `resend: true`.
 */
export async function uploadFile(uploading: Uploading, toUpload: ToUpload): Promise<{ fileId: string }> {
  const name = toUpload.name.slice(0, FILE_NAME_CHARS);
  const existing = toUpload.resend ? await existingFile(uploading, toUpload, name) : undefined;
  if (existing !== undefined) return { fileId: existing };
  const { channel, threadTs, content } = toUpload;
  const file = await sendContent(uploading, { name, content });
  await shareFile(uploading, { file, name, channel, threadTs });
  return { fileId: file };
}

/** Sends the bytes and returns the file's id. Nobody sees the file before it is shared. */
export async function sendContent(
  uploading: Uploading,
  { name: whole, content }: Pick<ToUpload, 'name' | 'content'>,
): Promise<string> {
  const name = whole.slice(0, FILE_NAME_CHARS);
  const bytes = Buffer.from(content as Uint8Array);
  if (bytes.length === 0) throw new InvalidInput(`The file ${name} is empty. Slack takes none; put something in it.`);
  const args = { filename: name, length: bytes.length };
  const { upload_url, file_id } = await call(uploading, 'files.getUploadURLExternal', args, uploadUrl);
  await sendBytes(uploading.fetch, upload_url, bytes);
  return file_id;
}

export interface ToShare {
  /** The id of the file whose bytes Slack has. */
  file: string;
  name: string;
  channel: string;
  threadTs?: string | undefined;
  /** The words above the file. */
  comment?: string;
}

export async function shareFile(calling: Calling, { file, name, channel, threadTs, comment }: ToShare): Promise<void> {
  const where = { channel_id: channel, ...present({ thread_ts: threadTs, initial_comment: comment }) };
  const files = [{ id: file, title: name.slice(0, FILE_NAME_CHARS) }];
  await call(calling, 'files.completeUploadExternal', { files, ...where }, shared);
}

export interface SharedWhere {
  file: string;
  channel: string;
  threadTs?: string | undefined;
  /** A Slack timestamp from before the file was shared. */
  oldest: string;
}

/** True if a message of the thread shows the file. Slack shares it a moment after the call. */
export async function isFileShared(calling: Calling, { file, ...where }: SharedWhere): Promise<boolean> {
  const messages = await messagesSince(calling, where);
  return messages.some((message) => withFiles.safeParse(message).data?.files.some(({ id }) => id === file));
}

async function sendBytes(send: typeof fetch, url: string, bytes: Buffer): Promise<void> {
  const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS);
  const headers = { 'content-type': 'application/octet-stream' };
  const body = new Uint8Array(bytes);
  const answer = await send(url, { method: 'POST', headers, body, redirect: 'error', signal }).catch(
    (error: unknown) => {
      throw new Retryable('Slack did not take the file.', undefined, { cause: error });
    },
  );
  await answer.body?.cancel();
  if (!answer.ok) throw httpProblem(answer.status, 'the upload of a file');
}

async function existingFile(calling: Calling, { channel, threadTs, oldest }: ToUpload, name: string) {
  const messages = await messagesSince(calling, { channel, threadTs, oldest });
  const files = messages.flatMap((message) => withFiles.safeParse(message).data?.files ?? []);
  return files.find((file) => file.name === name)?.id;
}
