// What the inbox works with for mail: the one door to change anything, the reader of mails, and the way out.
import type { MailHome } from '../../email/address.ts';
import type { Authentication } from '../../email/authenticate/authenticate.ts';
import type { Signed } from '../../email/authenticate/signed.ts';
import type { Mail } from '../../email/mail.ts';
import type { MailReader } from '../../email/parse/read-mail.ts';
import type { IgnoredMailDoc } from '../../inbox/ignored-mails.ts';
import type { Queue } from '../../lanes/queue.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Logger } from '../../logger.ts';
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import type { PersonDoc } from '../../pods/people/person.ts';
import type { PodDoc } from '../../pods/pod/pod.ts';
import type { Blobs, Collection } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';

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
  /** The value of our own X-Loop header. */
  loop: string;
  /** The thread that a token in an address of ours stands for; undefined for an expired or forged token. */
  replyThread(token: string): Promise<ReplyThread | undefined>;
  /** Tells a person, by mail, what became of the mail they wrote; `key` makes it once, and few an hour are told. */
  answer(to: { person: PersonId; mail: Mail; at: number; text: string }, key: string): Promise<void>;
  texts: Texts;
  clock(): number;
  logger: Logger;
}

/** The thread of a reply, found by our address in the Reply-To that it answers. */
export interface ReplyThread {
  pod: string;
  thread: string;
  slug?: string;
  handle?: string;
}

/** Where a mail belongs: a pod, and there an agent or a conversation that goes on. */
export interface Destination {
  pod: PodDoc;
  handle?: string;
  conversation?: ConversationDoc;
  /** Which of the mail's own lines names an address of it; absent where only the way it came does. */
  namedIn?: 'to' | 'cc';
  /** The line that names it, where that line is not its sender's for sure: it says where the mail waits. */
  unsignedIn?: 'to' | 'cc';
}

/** A mail on its way through the inbox. Where only signatures prove its sender, `mail` has nothing else than what they cover. */
export interface Arrived {
  mail: Mail;
  raw: Uint8Array;
  /** SHA-256 of the raw mail. */
  hash: string;
  /** When it came in, in milliseconds since 1970. */
  at: number;
  /** The parts covered by the sender's signatures, if only they prove the sender. */
  signed?: Signed;
  /** The addressees in lines that they do not cover. */
  unsigned?: Pick<Mail, 'to' | 'cc'>;
  /** Its sender is proved, and so is all that it says. */
  isTheirs?: true;
}

/** One whose author is proved, and is somebody of the organisation. */
export interface Proved extends Arrived {
  author: PersonDoc;
  /** False: it asks that nothing automatic comes back. */
  answer: boolean;
  /** Why a machine may have written it in its author's name. */
  doubt?: string;
  /** It came through a mailing list. */
  listed?: true;
}
