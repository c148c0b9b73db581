// Sends a version of a file to one person: as a file in their direct message with Skein, or as the attachment of a mail.
import { formatAddress } from '../../email/address.ts';
import { MOST_ATTACHED } from '../../email/limits.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import { InvalidInput } from '../../errors.ts';
import { idOf } from '../../log/ids.ts';
import type { PersonId } from '../../log/participant.ts';
import type { VersionDoc } from '../../pods/files/file.ts';
import { megabytes } from '../../pods/files/files.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { PEOPLE, type PersonDoc } from '../../pods/people/person.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { noMail } from '../mail/no-mail.ts';
import type { Parts } from '../parts.ts';
import { slackUserOf } from '../slack/slack-user.ts';
import { fileMark, sendingIn } from './marks.ts';
import { shareOnce } from './share-once.ts';

export interface ToSendAlone {
  /** The id of the delivery. */
  id: string;
  pod: string;
  person: PersonId;
  through: 'slack' | 'email';
  version: VersionDoc;
  /** The name of the file. */
  name: string;
  content: Uint8Array;
}

export async function sendAlone(parts: Parts, asked: ToSendAlone): Promise<void> {
  const { read, texts } = parts;
  const { pod, person: id, version, name } = asked;
  const [person, member, doc, names] = await Promise.all([
    read.get(PEOPLE, id),
    read.get(MEMBERS, memberId(pod, id)),
    read.get(PODS, pod),
    namesOfAll(read, [version.by]),
  ]);
  // A person who has left the pod meanwhile gets nothing of it any more.
  if (person?.state !== 'in' || member?.state !== 'in' || !doc) return;
  const facts = { file: name, version: version.version, person: called(names, version.by).name, pod: doc.name };
  const words = texts.fill('sent-file', 'words', facts);
  return asked.through === 'slack' ? bySlack(parts, asked, person, words) : byMail(parts, asked, person, words);
}

/** A version stands in the direct message once: if it is sent again, the one further up is removed. */
async function bySlack(parts: Parts, asked: ToSendAlone, person: PersonDoc, comment: string): Promise<void> {
  const { slack, store, clock } = parts;
  const { id: delivery, version, name, content } = asked;
  const user = slackUserOf(person, slack.team);
  if (!user) throw new InvalidInput(`${person.name} has no account in this Slack workspace.`);
  const sending = sendingIn(store);
  const mark = fileMark(version.id, asked.person);
  const before = await sending.get(mark);
  if (before && before.delivery !== delivery) {
    if (before.file) await slack.removeFile(before.file);
    await sending.delete(mark);
  }
  const channel = await slack.sender.openDm(user);
  await shareOnce(
    { sender: slack.sender, sending, clock },
    { mark, delivery, channel, threadTs: undefined, name: lastPart(name), content, comment },
  );
}

async function byMail(parts: Parts, asked: ToSendAlone, person: PersonDoc, words: string): Promise<void> {
  const { mail, texts } = parts;
  const { id, pod, version, name, content } = asked;
  const account = person.accounts.find((one) => one.startsWith('mail:'))?.slice('mail:'.length);
  const address = account ?? person.email;
  if (!mail || !address) throw noMail();
  const { out } = mail;
  const fits = content.length <= MOST_ATTACHED;
  const sizes = { file: name, size: megabytes(content.length), most: megabytes(MOST_ATTACHED) };
  const foot = texts.fill('sent-file', 'foot');
  const markdown = fits ? words : texts.fill('sent-file', 'too-large', sizes);
  await out.sendOnce(
    id,
    ({ messageId, date }) => ({
      kind: 'notice',
      from: { name: 'Skein', address: formatAddress(out.home, { kind: 'bare' }) },
      to: [{ name: person.name, address }],
      subject: texts.fill('sent-file', 'subject', { file: lastPart(name), version: version.version }),
      ...{ messageId, date, loop: out.loop },
      ...renderAnswer({ markdown, foot }),
      ...(fits ? { attachments: [{ name: lastPart(name), mime: version.mime, content }] } : {}),
    }),
    { pod, thread: 'file', n: idOf('d', id) },
  );
}

/** Slack and mail programs show only the last part of a name with folders. */
function lastPart(name: string): string {
  return name.split('/').at(-1) || name;
}
