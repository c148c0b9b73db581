// Makes files, a conversation and a task of a new mail. The files are stored first, so that the agents that the task
// wakes can read them.

import type { Mail, Unreadable } from '../../email/mail.ts';
import { invitesIn } from '../../email/parse/calendar.ts';
import { fingerprintsOf } from '../../email/quotes/fingerprints.ts';
import { splitMail } from '../../email/quotes/split-mail.ts';
import { readSubject } from '../../email/quotes/subject.ts';
import { idOf } from '../../log/ids.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import type { LetIn } from '../../pods/mail/mail-words.ts';
import { QUARANTINED_MAILS } from '../../pods/mail/quarantined-mail.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { PODS } from '../../pods/pod/pod.ts';
import type { Arrived, Destination, MailContext, Proved } from './context.ts';
import { answerEmpty, isEmpty } from './empty/answer-empty.ts';
import { takeFiles } from './files.ts';
import { once } from './once.ts';
import { keyOf, originOf } from './origin.ts';
import { guestWhoWrote } from './quarantine/guest.ts';
import { strangersWords } from './quarantine/strangers-words.ts';
import { copiedIn, peopleIn } from './recipients.ts';
import { cut, forwardedTexts, notesOf, OUTSIDE_CHARS, TEXT_CHARS, titleOf } from './texts.ts';
import { startedByAccepted } from './workflows/accepted-start.ts';
import { type Begun, startOf } from './workflows/begins.ts';

/** The most people who follow one mail. */
const MOST_FOLLOWERS = 100;

export async function taskFromMail(mail: MailContext, arrived: Proved, to: Destination): Promise<void> {
  const { mail: read, author, answer } = arrived;
  const { written, outside, outsideSubject } = splitMail(read);
  if (isEmpty(read, { written, outside })) return answerEmpty(mail, arrived, to, false);
  const source = forwardedTexts([...outside, ...invitesIn(read)]);
  const by = author.id as ParticipantId;
  const start = await startOf(mail, read, { pod: to.pod, written, forwards: outside.length > 0 });
  const about = start.kind === 'begins' ? start.about : undefined;
  const task: NewTask = {
    by,
    title: about ?? titleOf(read.subject, outside[0]?.subject),
    text: start.kind === 'begins' ? start.rest : written,
    ...(source ? { outside: source } : {}),
    sources: fingerprintsOf(read, outside, to.pod.id),
    outsideTitle: about === undefined && (outsideSubject || readSubject(read.subject).title === ''),
    ...(start.kind === 'begins' ? { begins: start.begins } : {}),
    ...(start.kind === 'note' ? { notes: [start.note] } : {}),
    followers: (await peopleIn(mail, read)).slice(0, MOST_FOLLOWERS),
    answer,
    key: keyOf(arrived),
  };
  await once(mail, arrived, { pod: to.pod.id, by }, () => makeTask(mail, arrived, to, task));
}

/**
 * Makes a task of an accepted mail, in the name of the owner who accepted it. All of its text is labelled as outside.
 */
export async function taskFromAcceptedMail(
  mail: MailContext,
  read: Mail | Unreadable,
  { raw, hash, at, pod: id, held, by }: Omit<Arrived, 'mail'> & { pod: string; held: string; by: string },
): Promise<void> {
  const pod = await mail.read.get(PODS, id);
  if (!pod) return;
  const waited = await mail.read.get(QUARANTINED_MAILS, held);
  const handle = await present(mail, id, waited?.handle);
  const whole = read.kind === 'unreadable' ? unopened(raw, read.reason) : read;
  const key = `mail:accepted:${held}`;
  // Not looked up by Message-ID: a stranger may send two mails with the same id, and the owner accepted both.
  if (await mail.read.get(CONVERSATIONS, idOf('c', id, key))) return;
  await makeTask(
    mail,
    { mail: whole, raw, hash, at },
    { pod, ...(handle ? { handle } : {}) },
    {
      by: by as ParticipantId,
      ...strangersWords(whole, id),
      ...(await startedByAccepted(mail, pod, whole)),
      followers: waited?.proved ? await guestWhoWrote(mail, id, whole) : [],
      answer: false,
      letIn: waited?.proved ? 'proved' : 'unproved',
      key,
    },
  );
}

/**
 * Returns the agent that the stranger addressed, if it is in the pod. Otherwise undefined: the mail goes to the pod.
 */
async function present({ read }: MailContext, pod: string, handle: string | undefined): Promise<string | undefined> {
  const member = handle && (await read.get(MEMBERS, memberId(pod, `agent:${handle}`)));
  return member && member.state === 'in' ? handle : undefined;
}

/** Returns a substitute for a mail that can't be parsed, with the raw mail as its attachment. */
function unopened(raw: Uint8Array, reason: string): Mail {
  const content = { name: 'mail.eml', mime: 'message/rfc822', size: raw.byteLength, content: raw, inline: false };
  return {
    ...{
      kind: 'mail',
      from: { kind: 'fault', reason },
      subject: 'A mail that can’t be read',
      text: reason,
      cut: false,
    },
    ...{ inReplyTo: [], references: [], replyTo: [], to: [], cc: [], deliveredTo: [], forwarded: [], doubled: [] },
    ...{ attachments: [content], marks: {}, trace: [], size: raw.byteLength },
  };
}

/** The parts of a mail from which a task is made. */
export interface NewTask {
  by: ParticipantId;
  title: string;
  text: string;
  outside?: string;
  /** Fingerprints of what others wrote in it. */
  sources: string[];
  /** True if the title is the subject of a mail that somebody else wrote. */
  outsideTitle: boolean;
  followers: string[];
  /** False if the sender gets no mails about the task. */
  answer: boolean;
  letIn?: LetIn;
  /** The workflow that the mail starts. Then its steps are the tasks. */
  begins?: Begun;
  /** Remarks on how it was read. */
  notes?: readonly string[];
  key: string;
}

/** Stores the files, then starts the conversation with the task in one commit. */
export async function makeTask(mail: MailContext, arrived: Arrived, to: Destination, task: NewTask): Promise<void> {
  const { pod, handle } = to;
  const { by, title, followers, answer, key } = task;
  await mail.blobs.put(pod.id, arrived.hash, arrived.raw);
  const outside = task.outside && cut(task.outside, OUTSIDE_CHARS);
  const origin = originOf(arrived, {
    ...(outside ? { outside } : {}),
    ...(answer ? {} : { quiet: true }),
    ...(await copiedIn(mail, pod, arrived.mail)),
  });
  const filing = { pod: pod.id, by, title, key, origin, at: arrived.at };
  const { names, left } = await takeFiles(mail, arrived.mail, filing);
  const notes = [...notesOf(arrived.mail), ...left, ...(task.notes ?? [])];
  // A mail to an agent itself is a talk with it, and no task until somebody makes one of it.
  const isTalk = pod.direct || pod.mailThread === true;
  await mail.act({
    pod: pod.id,
    actor: by,
    via: 'email',
    action: 'take_mail',
    input: {
      title,
      text: cut(task.text, TEXT_CHARS).trim(),
      files: names,
      ...(notes.length ? { notes } : {}),
      followers,
      acknowledge: answer && !isTalk,
      task: !isTalk && !task.begins,
      ...(task.begins ? { begins: task.begins } : {}),
      outsideTitle: task.outsideTitle,
      ...(task.sources.length && !isTalk ? { sources: task.sources } : {}),
      ...(task.letIn ? { letIn: task.letIn } : {}),
      ...(handle ? { handle } : {}),
    },
    key,
    origin,
  });
}
