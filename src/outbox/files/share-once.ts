// Uploads a file to Slack and shares it once. Slack stores no metadata with a file, so its id is recorded before it is
// shared: after a crash or a lost reply, Skein looks for a message with this id.
import { NotFound, NotYet, Retryable } from '../../errors.ts';
import type { AgentId } from '../../log/participant.ts';
import type { Sender } from '../../slack/send/send.ts';
import type { Collection } from '../../store/port.ts';
import type { SharedFile } from '../slack/remove-file.ts';
import { type SendingDoc, slackTime } from '../slack/send-once.ts';

export interface ShareDeps {
  sender: Pick<Sender, 'sendContent' | 'shareFile' | 'isFileShared'>;
  /** The agent whose own app the sender is. Absent: the main app. */
  agent?: AgentId;
  sending: Collection<SendingDoc>;
  clock(): number;
}

export interface ToShareOnce {
  /** The id of the record. */
  mark: string;
  /** The id of the delivery, if the file may be shared again by another one. */
  delivery?: string;
  channel: string;
  threadTs: string | undefined;
  name: string;
  content: Uint8Array;
  comment?: string;
}

/** Slack shares a file a moment after the call. Only then is a file that nobody sees shared again. */
const SHARED_WITHIN_MS = 30_000;

/** @throws NotYet while Slack may still be sharing the file of an earlier attempt */
export async function shareOnce(deps: ShareDeps, asked: ToShareOnce): Promise<void> {
  const { sender, sending, clock } = deps;
  const before = await sending.get(asked.mark);
  if (before?.shared) return;
  if (!before?.file) return share(deps, asked, await begin(deps, asked));
  const { channel, threadTs, file, oldest } = before.file;
  if (!(await sender.isFileShared({ channel, threadTs, file, oldest }))) {
    const left = before.at + SHARED_WITHIN_MS - clock();
    // A start in the future means that the clock was set back.
    if (left > 0 && left <= SHARED_WITHIN_MS) throw new NotYet('Slack may still be sharing the file.', left);
    return shareAgain(deps, asked, before);
  }
  await sending.replace({ ...before, shared: true }, before.rev);
}

/** Shares the same file, so that there is one of it even if Slack was slow. Slack forgets a file that nobody shared. */
async function shareAgain(deps: ShareDeps, asked: ToShareOnce, before: SendingDoc): Promise<void> {
  // Slack lets only the app that sent the bytes share them.
  if (before.file?.app !== deps.agent) return shareAnew(deps, asked, before);
  const again = { ...before, at: deps.clock() };
  if (!(await deps.sending.replace(again, before.rev))) throw new Retryable('Another attempt shares this file.');
  try {
    await share(deps, asked, { ...again, rev: before.rev + 1 });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    await shareAnew(deps, asked, before);
  }
}

async function shareAnew(deps: ShareDeps, asked: ToShareOnce, { id }: SendingDoc): Promise<void> {
  await deps.sending.delete(id);
  await share(deps, asked, await begin(deps, asked));
}

async function begin(
  { sender, agent, sending, clock }: ShareDeps,
  { mark, delivery, channel, threadTs, name, content }: ToShareOnce,
): Promise<SendingDoc> {
  const oldest = slackTime(clock());
  const file = await sender.sendContent({ name, content });
  const made: SendingDoc = {
    ...{ id: mark, rev: 1, at: clock() },
    ...(delivery ? { delivery } : {}),
    file: { channel, threadTs, file, oldest, ...(agent ? { app: agent } : {}) } satisfies SharedFile,
  };
  await sending.insert([made]);
  return made;
}

async function share({ sender, sending }: ShareDeps, { name, comment }: ToShareOnce, mark: SendingDoc): Promise<void> {
  if (!mark.file) return;
  const { channel, threadTs, file } = mark.file;
  await sender.shareFile({ file, name, channel, threadTs, ...(comment ? { comment } : {}) });
  await sending.replace({ ...mark, shared: true }, mark.rev);
}
