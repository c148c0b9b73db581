// Brings a version of a file to people: to the thread in which an agent wrote it, or to one person who asked for it.
import { NotYet, reasonOf } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { FILES, VERSIONS, type VersionDoc, versionId } from '../../../pods/files/file.ts';
import { withFileNames } from '../../../pods/files/files.ts';
import { fileMark, sendingIn } from '../../files/marks.ts';
import { sendAlone } from '../../files/send-alone.ts';
import { shareOnce } from '../../files/share-once.ts';
import { versionWords } from '../../files/version-words.ts';
import { type DeliveryKind, MAIL_OUT, SLACK_APP } from '../../kind.ts';
import type { Parts } from '../../parts.ts';
import { conversationLane } from '../../slack/post-target.ts';
import { peopleIn } from '../../slack/voices/say-elsewhere.ts';
import { lostIn, voiceIn } from '../../slack/voices/voice.ts';
import { removeVersion } from './unfile.ts';

type FileDelivery = DeliveryOf<'file'>;

export const file: DeliveryKind<'file'> = {
  lane: ({ conversation, person }) => (conversation ? conversationLane({ conversation }) : `files:${person}`),
  resource: ({ through }) => (through === 'email' ? MAIL_OUT : SLACK_APP),
  // The second guarantee is for mail.
  promises: ['look-up', 'byte-identical'],
  carry: bring,
  onAside: reportRefused,
};

async function bring(parts: Parts, delivery: FileDelivery): Promise<void> {
  const found = await versionOf(parts, delivery);
  const content = found && (await parts.read.blob(delivery.pod, found.version.hash));
  // Its words are erased by now, or wait for that.
  if (!content) return;
  const { version, name } = found;
  if (delivery.person) await sendAlone(parts, { ...delivery, version, name, content });
  else await toThread(parts, { ...delivery, version, name, content });
  // The file was erased during the upload, when the erasure found nothing to remove.
  if (await versionOf(parts, delivery)) return;
  const { conversation, person } = delivery;
  await removeVersion(parts, { version: version.id, ...(person ? { person } : { conversation }) });
}

interface ToThread {
  /** The id of the delivery. */
  id: string;
  conversation: string;
  version: VersionDoc;
  name: string;
  content: Uint8Array;
  was?: number;
}

async function toThread(parts: Parts, { id, conversation, version, name, content, was }: ToThread): Promise<void> {
  const { read, store, clock, slack } = parts;
  const place = (await read.get(CONVERSATIONS, conversation))?.place;
  if (place?.kind !== 'slack') return;
  const { pod } = version;
  // No app can share it there: it goes where the agent's words go meanwhile.
  if (await lostIn({ read, apps: slack.apps }, { pod, channel: place.channel })) {
    for (const { id: person } of await peopleIn(read, pod))
      await sendAlone(parts, { id, pod, person: person as PersonId, through: 'slack', version, name, content });
    return;
  }
  const { sender, agent } = await voiceIn(parts, { pod: version.pod, channel: place.channel, by: version.by });
  await shareOnce(
    { sender, sending: sendingIn(store), clock, ...(agent ? { agent } : {}) },
    {
      mark: fileMark(version.id, conversation),
      ...{ channel: place.channel, threadTs: place.thread, name: nameInSlack(name), content },
      comment: await versionWords(parts, version, was),
    },
  );
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
  const { id, pod, conversation, version } = delivery;
  if (!found || !conversation || error instanceof NotYet) return;
  const reason = reasonOf(error);
  const text = parts.texts.fill('agent-file', 'refused', { file: found.name, version, reason });
  const input = { conversation, text };
  await parts.act({ pod, actor: 'skein', via: 'skein', action: 'post_message', input, key: `refused:${id}` });
}
