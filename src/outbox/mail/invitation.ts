// Composes the invitation into a pod. A retry sends the same bytes.
import { quiet } from '../../digest/quiet.ts';
import { formatAddress } from '../../email/address.ts';
import { renderAnswer } from '../../email/render/render-mail.ts';
import { rootId } from '../../email/thread.ts';
import { NotYet } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { inviteThread } from '../../pods/members/invites.ts';
import { MEMBERS } from '../../pods/members/member.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import { ADDRESSES } from '../../pods/pod/address.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import type { Texts } from '../../texts/texts.ts';
import type { MailOut } from './mail-out.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  out: MailOut;
  clock(): number;
}

interface Invited {
  pod: PodDoc;
  person: PersonDoc;
  email: string;
  by: ParticipantId;
}

/** The most names of those who are in the pod. */
const MOST_NAMES = 12;
/** The most members that are read. */
const MOST_MEMBERS = 500;
const ADDRESS_WITHIN_MS = 60_000;
const LOOK_MS = 1000;

export async function sendInvitation(
  { read, texts, out, clock }: Deps,
  { pod, person, email, by }: Invited,
): Promise<void> {
  const members = await read.find(MEMBERS, { where: { pod: pod.id }, limit: MOST_MEMBERS });
  const others = members.filter(({ state, who }) => state === 'in' && who !== person.id).map(({ who }) => who);
  // Once for a person and a pod, however often it is delivered.
  const key = `invite:${pod.id}:${person.id}`;
  const kept = (await out.begun(key))?.kept;
  const slug = kept ? kept.slug : await slugOf(read, pod, clock());
  const thread = { pod: pod.id, thread: kept?.thread ?? (await threadFor(read, pod, person.id as PersonId)) };
  const replyTo = await out.replies.address({ ...thread, ...(slug ? { slug } : {}) });
  await out.sendOnce(
    key,
    async ({ messageId, date, facts: { followers = [] } }) => {
      const names = await namesOfAll(read, [by, ...followers]);
      const name = (id: ParticipantId) => quiet(called(names, id).name, 60);
      const fields = { person: name(by), pod: quiet(pod.name, 80) };
      const shown = slug && formatAddress(out.home, { kind: 'pod', slug });
      const foot = texts.fill('mail-frame', 'member-foot', { name: 'Skein', pod: fields.pod });
      const markdown = wordsOf(texts, { ...fields, purpose: pod.purpose, people: followers.map(name), shown });
      return {
        kind: 'reply',
        from: { name: 'Skein', address: formatAddress(out.home, { kind: 'bare' }) },
        to: [{ name: person.name, address: email }],
        replyTo: { name: 'Skein', address: replyTo },
        subject: texts.fill('mail-invitation', 'subject', fields),
        messageId,
        date,
        references: [rootId(thread, out.home.domain)],
        ...renderAnswer({ markdown, foot }),
        loop: out.loop,
      };
    },
    { ...thread, n: inviteThread(pod.id, person.id as PersonId) },
    { followers: others, thread: thread.thread, ...(slug ? { slug } : {}) },
  );
}

/** Returns the name of the pod's address. A new pod soon has one. */
async function slugOf(read: Reader, pod: PodDoc, now: number): Promise<string | undefined> {
  if (pod.direct || pod.mailThread) return undefined;
  const [address] = await read.find(ADDRESSES, { where: { of: pod.id }, limit: 1 });
  if (!address && now - pod.createdAt < ADDRESS_WITHIN_MS) throw new NotYet('The pod gets its address.', LOOK_MS);
  return address?.slug;
}

/** The pod of a mail thread has no address: a reply to its invitation belongs to the thread. */
async function threadFor(read: Reader, pod: PodDoc, person: PersonId): Promise<string> {
  const where = { pod: pod.id };
  const [newest] = pod.mailThread
    ? await read.find(CONVERSATIONS, { where, sort: [['lastAt', 'desc']], limit: 1 })
    : [];
  return newest?.id ?? inviteThread(pod.id, person);
}

interface Shown {
  person: string;
  pod: string;
  purpose: string;
  people: string[];
  /** The pod's address. */
  shown: string | undefined;
}

function wordsOf({ fill }: Texts, { person, pod, purpose, people, shown }: Shown): string {
  const left = people.length - MOST_NAMES;
  const named = [
    ...people.slice(0, MOST_NAMES),
    ...(left > 0 ? [fill('mail-invitation', 'more', { count: left })] : []),
  ].join(', ');
  return [
    fill('mail-invitation', 'invited', { person, pod }),
    purpose && fill('mail-invitation', 'purpose', { purpose: quiet(purpose, 500) }),
    named && fill('mail-invitation', 'people', { people: named }),
    fill('mail-invitation', 'try'),
    shown && fill('mail-invitation', 'write-to', { address: shown }),
    fill('mail-invitation', 'leave', { pod }),
  ]
    .filter(Boolean)
    .join('\n\n');
}
