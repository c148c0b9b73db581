// The parts of Skein that deliveries are carried with. `start` fills them; no part is of one kind alone.
import type { Runner } from '../agents/runs/runner.ts';
import type { Links } from '../digest/facts.ts';
import type { Wording } from '../digest/model-wording.ts';
import type { MailReader } from '../email/parse/read-mail.ts';
import type { Queue } from '../lanes/queue.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { ParticipantId } from '../log/participant.ts';
import type { Logger } from '../logger.ts';
import type { Sender } from '../slack/send/send.ts';
import type { Store } from '../store/port.ts';
import type { Texts } from '../texts/texts.ts';
import type { MailOut } from './mail/mail-out.ts';
import type { SharedFile } from './slack/remove-file.ts';

export interface SlackParts {
  sender: Sender;
  /** The workspace. */
  team: string;
  links: Links;
  /** Takes a file that Skein shared out of Slack; one that is gone already is removed. */
  removeFile(file: SharedFile): Promise<void>;
}

export interface MailParts {
  out: MailOut;
  reader: Pick<MailReader, 'read'>;
}

export interface DigestParts {
  /** Absent: plain words. */
  wording?: Wording;
  /** The page on which one person ends their digests; absent where the web server has no public address. */
  unsubscribeUrl?(person: string): Promise<string>;
  /** The thread of the mails that end them. */
  unsubscribeThread(person: string): string;
}

/** A held mail that an owner accepted. */
export interface Accepted {
  pod: string;
  held: string;
  by: ParticipantId;
  /** The hash of the raw mail, which is a blob of the pod. */
  raw: string;
}

export interface Parts {
  act: Act;
  read: Reader;
  store: Store;
  /** Where deliveries wait. */
  outbox: Queue;
  clock(): number;
  logger: Logger;
  texts: Texts;
  slack: SlackParts;
  /** Absent: no mail is set up. */
  mail?: MailParts;
  digest: DigestParts;
  runner: Runner;
  /** Takes a mail in once more, past the checks; the same one twice changes nothing. */
  readmit(mail: Accepted): Promise<void>;
}
