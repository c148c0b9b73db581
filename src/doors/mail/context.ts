// The dependencies of the inbox's mail handler.
import type { MailHome } from '../../email/address.ts';
import type { Authentication } from '../../email/authenticate/authenticate.ts';
import type { Signed } from '../../email/authenticate/signed.ts';
import type { Mail } from '../../email/mail.ts';
import type { MailReader } from '../../email/parse/read-mail.ts';
import type { Outgoing } from '../../email/render/compose-mail.ts';
import type { IgnoredMailDoc } from '../../inbox/ignored-mails.ts';
import type { Queue } from '../../lanes/queue.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Logger } from '../../logger.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { NeedDoc } from '../../pods/needs/need.ts';
import type { Listed } from '../../pods/needs/waiting/numbers.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import type { SpokenDay } from '../../pods/spoken-day.ts';
import type { Blobs, Collection } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';

/** `within`: the delivery whose mails contain this one's message. `newest`: the delivery that names the mail. */
export interface MailContents {
  proposed?: SpokenDay;
  answer?: string;
  within?: string;
  gathered?: { mails: readonly { to: readonly PersonId[]; messages: readonly string[]; newest: string }[] };
}

export interface MailContext {
  act: Act;
  read: Reader;
  blobs: Blobs;
  commits: Collection<Commit>;
  queue: Queue;
  ignored: Collection<IgnoredMailDoc>;
  reader: MailReader;
  authentication: Authentication;
  home: MailHome;
  /** The value of our own X-Loop header, which marks Skein's mails. */
  loop: string;
  /** Returns the thread of a reply token. Undefined for an expired or forged token. */
  replyThread(token: string): Promise<ReplyThread | undefined>;
  /** Returns the address for a reply to this thread. `list`: the things that the mail lists by number. */
  replyAddress(thread: ReplyThread, list?: readonly Listed[]): Promise<string>;
  /** Returns what the mail with this thread lists. */
  replyList(thread: ReplyThread): Promise<readonly Listed[] | undefined>;
  /** Returns what the mail of this delivery contains. Undefined if it was not sent. */
  shownIn(delivery: string): Promise<MailContents | undefined>;
  /** Returns a list of open items, in Markdown. Each has its number and a link to its own reply address. */
  answerableLines(open: readonly Listed[], zone: string): Promise<string>;
  /**
   * Answers the sender of a mail, once per `key`. Limited to a few answers per person and hour. Returns false if the
   * sender gets no answer. `thread`: a reply to the answer belongs there. `most`: the most within the hour, if more
   * than usual.
   */
  answer(
    to: {
      person: PersonId;
      mail: Mail;
      at: number;
      text: string;
      thread?: ReplyThread;
      attachments?: NonNullable<Outgoing['attachments']>;
      most?: number;
    },
    key: string,
  ): Promise<boolean>;
  texts: Texts;
  clock(): number;
  logger: Logger;
}

/** The thread of a reply, found by the token in the reply's recipient address. */
export interface ReplyThread {
  pod: string;
  thread: string;
  slug?: string;
  handle?: string;
  person?: string;
}

/** A pod that a mail belongs to, with the agent or the existing conversation in that pod. */
export interface Destination {
  pod: PodDoc;
  handle?: string;
  conversation?: ConversationDoc;
  /** The open item of the notice that the mail answers. Absent if the mail answers no notice. */
  need?: NeedDoc;
  /** The id of the task that the answered notice or list is about. */
  task?: string;
  /** The header that contains the pod's address. Absent if only the envelope contains it. */
  namedIn?: 'to' | 'cc';
  /**
   * Set if the header that contains the pod's address is not signed. It decides in which pod's quarantine the mail
   * waits.
   */
  unsignedIn?: 'to' | 'cc';
}

/** A mail that the inbox handles. If only signatures prove its sender, `mail` contains only the signed parts. */
export interface Arrived {
  mail: Mail;
  raw: Uint8Array;
  /** SHA-256 of the raw mail. */
  hash: string;
  /** Time of arrival, in milliseconds since 1970. */
  at: number;
  /** The parts that the sender's signatures cover. Absent if the sender is proved in another way. */
  signed?: Signed;
  /** The recipients in headers that the signatures do not cover. */
  unsigned?: Pick<Mail, 'to' | 'cc'>;
  /** True if the sender and all of the content are proved. */
  isTheirs?: true;
}

/** A mail of a person of the organisation, whose authorship is proved. */
export interface Proved extends Arrived {
  author: PersonDoc;
  /** False if the mail asks for no automatic answers. */
  answer: boolean;
  /** Why a machine may have sent the mail in its author's name. Absent if there is no such suspicion. */
  doubt?: string;
  /** True if the mail came through a mailing list. */
  listed?: true;
}
