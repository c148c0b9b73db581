// Uploads the file of a message that is too long to post. Does so once, and records the file so that it can be removed
// later.
import type { MessageDoc } from '../../pods/conversations/message.ts';
import type { Rendered } from '../../slack/render/render.ts';
import type { PostTarget } from './post-target.ts';
import { begun, type PostDeps, slackTime } from './send-once.ts';
import { removeShared, voiceIn } from './voices/voice.ts';

export async function attach(
  deps: PostDeps,
  target: PostTarget,
  { file }: Rendered,
  all: readonly string[],
): Promise<void> {
  if (!file) return;
  const { delivery, message, channel, thread } = target;
  const id = fileMark(message);
  if (await deps.sending.get(id)) return;
  const earlier = await begun(deps, `${delivery.id}:file`);
  const oldest = earlier ?? slackTime(deps.clock());
  const threadTs = thread ?? all[0];
  const where = { channel, threadTs, oldest };
  const { sender, agent } = await voiceIn(deps, { pod: message.pod, channel, by: message.by });
  const { fileId } = await sender.uploadFile({ ...where, ...file, resend: earlier !== undefined });
  const shared = { ...where, file: fileId, ...(agent ? { app: agent } : {}) };
  await deps.sending.insert([{ id, rev: 1, at: deps.clock(), file: shared }]);
}

export async function detach(deps: PostDeps, { message }: PostTarget): Promise<void> {
  const mark = await deps.sending.get(fileMark(message));
  if (!mark?.file) return;
  await removeShared(deps.slack, mark.file);
  await deps.sending.delete(mark.id);
}

function fileMark(message: MessageDoc): string {
  return `file:${message.id}`;
}
