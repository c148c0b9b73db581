// Uploads a file that an agent wrote to the thread in which it wrote it. If Slack refuses it, says so there.
import { NotYet, reasonOf } from '../../errors.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { FILES, VERSIONS, versionId } from '../../pods/files/file.ts';
import { withFileNames } from '../../pods/files/files.ts';
import { fileMark, sendingIn } from '../files/marks.ts';
import { shareOnce } from '../files/share-once.ts';
import { versionWords } from '../files/version-words.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import type { Parts } from '../parts.ts';
import { conversationLane } from '../slack/post-target.ts';
import { removeShared } from './unfile.ts';

type FileDelivery = DeliveryOf<'file'>;

export const file: DeliveryKind<'file'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['look-up'],
  carry: bring,
  onAside: reportRefused,
};

async function bring(parts: Parts, delivery: FileDelivery): Promise<void> {
  const { read, slack } = parts;
  const found = await versionOf(parts, delivery);
  const place = (await read.get(CONVERSATIONS, delivery.conversation))?.place;
  if (!found || place?.kind !== 'slack') return;
  const { version, name } = found;
  const content = await read.blob(delivery.pod, version.hash);
  // Its words are erased by now, or wait for that.
  if (!content) return;
  await shareOnce(
    { sender: slack.sender, sending: sendingIn(parts.store), clock: parts.clock },
    {
      mark: fileMark(version.id, delivery.conversation),
      ...{ channel: place.channel, threadTs: place.thread, name: nameInSlack(name), content },
      comment: await versionWords(parts, version, delivery.was),
    },
  );
  // The file was erased during the upload, when the erasure found nothing to remove.
  if (!(await versionOf(parts, delivery)))
    await removeShared(parts, { version: version.id, conversation: delivery.conversation });
}

async function versionOf({ read }: Pick<Parts, 'read'>, { file: id, version: number }: FileDelivery) {
  const [version, doc] = await Promise.all([read.get(VERSIONS, versionId(id, number)), read.get(FILES, id)]);
  if (!version || version.erased || !doc || doc.erased) return undefined;
  const [named] = await withFileNames(read, [doc]);
  return named && { version, name: named.name };
}

/** Slack shows only the last part of a name with folders. */
function nameInSlack(name: string): string {
  return name.split('/').at(-1) || name;
}

/** Says in the thread, once, that Slack did not take the file, and how to get it. */
async function reportRefused(parts: Parts, delivery: FileDelivery, error: unknown): Promise<void> {
  const found = await versionOf(parts, delivery);
  if (!found || error instanceof NotYet) return;
  const { id, pod, conversation, version } = delivery;
  const reason = reasonOf(error);
  const text = parts.texts.fill('agent-file', 'refused', { file: found.name, version, reason });
  const input = { conversation, text };
  await parts.act({ pod, actor: 'skein', via: 'skein', action: 'post_message', input, key: `refused:${id}` });
}
