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
  const bytes = Buffer.from(toUpload.content as Uint8Array);
  if (bytes.length === 0) throw new InvalidInput(`The file ${name} is empty. Slack takes none; put something in it.`);
  const existing = toUpload.resend ? await existingFile(uploading, toUpload, name) : undefined;
  if (existing !== undefined) return { fileId: existing };
  const args = { filename: name, length: bytes.length };
  const { upload_url, file_id } = await call(uploading, 'files.getUploadURLExternal', args, uploadUrl);
  await sendBytes(uploading.fetch, upload_url, bytes);
  const { channel, threadTs } = toUpload;
  await call(
    uploading,
    'files.completeUploadExternal',
    {
      files: [{ id: file_id, title: name }],
      channel_id: channel,
      ...present({ thread_ts: threadTs }),
    },
    shared,
  );
  return { fileId: file_id };
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
