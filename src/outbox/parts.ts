// The dependencies of all kinds of delivery, which `start` provides.
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
import type { Reactions } from './slack/marks/reactions.ts';
import type { SharedFile } from './slack/remove-file.ts';
import type { AgentApps } from './slack/voices/agent-apps.ts';

export interface SlackParts {
  sender: Sender;
  reactions: Reactions;
  /** The agents' own apps. */
  apps: AgentApps;
  /** The workspace's id. */
  team: string;
  links: Links;
  /** Deletes a file that Skein shared in Slack. A missing file is no error. */
  removeFile(file: SharedFile): Promise<void>;
}

export interface MailParts {
  out: MailOut;
  reader: Pick<MailReader, 'read'>;
}

export interface DigestParts {
  /** Writes the text of a digest with a model. Absent: the plain wording is used. */
  wording?: Wording;
  /** Returns the URL of the person's unsubscribe page. Absent if Skein has no public URL. */
  unsubscribeUrl?(person: string): Promise<string>;
  /** Returns the id of the thread of the person's unsubscribe address. */
  unsubscribeThread(person: string): string;
}

/** A quarantined mail that an owner accepted. */
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
  /** The queue of deliveries. */
  outbox: Queue;
  clock(): number;
  logger: Logger;
  texts: Texts;
  slack: SlackParts;
  /** The parts for mail. Absent if mail is not configured. */
  mail?: MailParts;
  digest: DigestParts;
  runner: Runner;
  /** Saves an accepted mail in the inbox again, exempt from checks. Idempotent. */
  readmit(mail: Accepted): Promise<void>;
}
