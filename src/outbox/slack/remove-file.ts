// Removes a file that Skein shared in Slack: first the message that shows it, then the file itself.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { AgentId } from '../../log/participant.ts';
import { type Calling, call } from '../../slack/send/call.ts';
import { messagesSince } from '../../slack/send/post.ts';
import { codeOf } from '../../slack/send/slack-errors.ts';

export interface SharedFile {
  channel: string;
  threadTs: string | undefined;
  file: string;
  /** A Slack timestamp from before the file was shared. */
  oldest: string;
  /** The agent whose own app shared it. Absent: the main app. */
  app?: AgentId;
}

const sharing = z.object({ ts: z.string(), files: z.array(z.object({ id: z.string() })) });

/**
 * Error codes that are ignored: the file is gone, or a practice server lacks the method. Nobody sees a file without its
 * message.
 */
const harmless = new Set(['file_not_found', 'file_deleted', 'unknown_method']);

export async function removeFile(calling: Calling, { channel, threadTs, file, oldest }: SharedFile): Promise<void> {
  for (const message of await messagesSince(calling, { channel, threadTs, oldest })) {
    const { data } = sharing.safeParse(message);
    if (data?.files.some(({ id }) => id === file)) await unless(isGone, removeMessage(calling, channel, data.ts));
  }
  await unless(
    (error) => harmless.has(codeOf(causeOf(error)) ?? ''),
    call(calling, 'files.delete', { file }, z.unknown()),
  );
}

function removeMessage(calling: Calling, channel: string, ts: string): Promise<unknown> {
  return call(calling, 'chat.delete', { channel, ts }, z.unknown());
}

const isGone = (error: unknown) => error instanceof NotFound && codeOf(error.cause) === 'message_not_found';

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

async function unless(tolerated: (error: unknown) => boolean, done: Promise<unknown>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!tolerated(error)) throw error;
  });
}
