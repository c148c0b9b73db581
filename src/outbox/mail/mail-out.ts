// Sends mails. Stores Message-ID and Date before the first attempt, so that a retry sends the same bytes.
import type { MailHome } from '../../email/address.ts';
import type { Outgoing } from '../../email/render/compose-mail.ts';
import type { MailSender, Sent } from '../../email/send/send-mail.ts';
import { formatId, type OwnId } from '../../email/thread.ts';
import { InvalidInput, Retryable } from '../../errors.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import type { SpokenDay } from '../../pods/spoken-day.ts';
import type { Collection, Doc } from '../../store/port.ts';
import type { Readers } from './readers.ts';
import type { ReplyAddresses } from './reply-address.ts';

/** The stored values that a mail's headers and text use on every attempt. `date`: ISO 8601. */
export interface Stamp {
  messageId: string;
  date: string;
  /** Values as they were at the first attempt. They may change before the next attempt. */
  facts: SendingFacts;
}

export interface SendingFacts {
  link?: string;
  /** The Message-ID of the mail that this mail answers. */
  parent?: string;
  /** The References of the mail that this mail answers. */
  references?: readonly string[];
  /** The assignee of the task. Only in an acknowledgement. */
  assignee?: ParticipantId;
  /** The thread to which replies belong, and the name of the pod's address. Only in an invitation. */
  thread?: string;
  slug?: string;
  /** The id of the answer that the mail includes. Only in an acknowledgement. */
  answer?: string;
  /** The people who follow the conversation. Only in an acknowledgement. */
  followers?: ParticipantId[];
  /** The readers of the conversation. Only in an acknowledgement and in the first answer of a mail thread. */
  readers?: Readers;
  /** The due day that an acknowledgement proposes. */
  proposed?: SpokenDay;
  /** The mails that go out together. Only in the record of the delivery that carries them; each has a record of its own. */
  gathered?: Gathered;
  /** The delivery whose mails contain this one's message. */
  within?: string;
}

export interface Gathered {
  mails: GatheredMail[];
  /** The other deliveries whose messages are in these mails. */
  covers: string[];
}

/** `messages`: the oldest first. `newest`: the delivery of the last of them, which gives the mail its Message-ID. */
export interface GatheredMail {
  to: PersonId[];
  messages: string[];
  newest: string;
}

export interface MailOut {
  home: MailHome;
  /** The value of our own X-Loop header. */
  loop: string;
  replies: Pick<ReplyAddresses, 'address'>;
  /** Returns the record of the first attempt; undefined before the first attempt. */
  begun(key: string): Promise<Pick<MailSendingDoc, 'kept' | 'sent'> | undefined>;
  /**
   * Sends the mail unless it was sent. After a crash it may be sent twice, with equal bytes if `compose` is a pure
   * function of the stamp. `ids` become the Message-ID, by which replies find their conversation. Sends nothing if
   * `compose` returns undefined. Returns the recipients that the server refused for good while it accepted others.
   */
  sendOnce(key: string, compose: Compose, ids: OwnId, facts?: SendingFacts): Promise<string[]>;
  /** Records which mails the delivery carries, and for each delivery that they cover that it sends nothing itself. */
  gather(key: string, gathered: Gathered): Promise<void>;
}

export type Compose = (stamp: Stamp) => Outgoing | undefined | Promise<Outgoing | undefined>;

export interface MailSendingDoc extends Doc {
  at: number;
  kept: SendingFacts;
  sent?: true;
  refused?: string[];
  /** The recipients that still need the mail, after the server accepted the others. */
  left?: string[];
}

export interface MailOutDeps {
  home: MailHome;
  loop: string;
  replies: Pick<ReplyAddresses, 'address'>;
  sender: Pick<MailSender, 'send'>;
  sending: Collection<MailSendingDoc>;
  clock(): number;
}

function markOf(key: string): string {
  return `mail:${key}`;
}

const REACHED: Sent = { rejected: [], later: [] };
/** The wait before a retry that the server requested (greylisting), in milliseconds. Servers expect some minutes. */
const LATER_MS = 5 * 60_000;

export function makeMailOut({ home, loop, replies, sender, sending, clock }: MailOutDeps): MailOut {
  const underWay = new Map<string, Promise<string[]>>();
  return {
    home,
    loop,
    replies,
    begun: (key) => sending.get(markOf(key)),
    async gather(key, gathered) {
      // One by one: a delivery that is covered needs the record of the mails.
      await sending.insert([{ id: markOf(key), rev: 1, at: clock(), kept: { gathered } }]);
      const covered = { rev: 1, at: clock(), kept: { within: key }, sent: true } as const;
      await sending.insert(gathered.covers.map((one) => ({ id: markOf(one), ...covered })));
    },
    async sendOnce(key, compose, ids, facts = {}) {
      // Waits for a parallel attempt with this key. `send` then finds its result.
      for (let other = underWay.get(key); other; other = underWay.get(key)) await other.catch(() => undefined);
      const sendingIt = send(key, compose, ids, facts).finally(() => underWay.delete(key));
      underWay.set(key, sendingIt);
      return sendingIt;
    },
  };

  async function send(key: string, compose: Compose, ids: OwnId, facts: SendingFacts): Promise<string[]> {
    const mark = await begun(key, facts);
    const { sent, refused = [], left } = mark;
    if (sent) return refused;
    const stamp = { messageId: formatId(ids, home.domain), date: new Date(mark.at).toISOString(), facts: mark.kept };
    const mail = await compose(stamp);
    const outcome = mail ? await attempt({ ...mail, ...(left ? { envelopeTo: left } : {}) }, key) : REACHED;
    const all = [...refused, ...outcome.rejected];
    const more = all.length ? { refused: all } : {};
    if (outcome.later.length) {
      await sending.replace({ ...mark, ...more, left: outcome.later }, mark.rev);
      throw new Retryable('The mail server asks to come later for some of the recipients.', LATER_MS);
    }
    const { left: _left, ...done } = mark;
    await sending.replace({ ...done, ...more, sent: true }, mark.rev);
    return all;
  }

  /** Sends the mail. A refusal of the remaining recipients is no failure if others already have the mail. */
  async function attempt(mail: Outgoing, key: string): Promise<Sent> {
    const { envelopeTo } = mail;
    return sender.send(mail, key).catch((error: unknown) => {
      if (envelopeTo && error instanceof InvalidInput) return { rejected: envelopeTo, later: [] };
      throw error;
    });
  }

  async function begun(key: string, facts: SendingFacts): Promise<MailSendingDoc> {
    const id = markOf(key);
    // The time is rounded down, because a Date header has whole seconds.
    const fresh: MailSendingDoc = { id, rev: 1, at: Math.floor(clock() / 1000) * 1000, kept: facts };
    const [outcome] = await sending.insert([fresh]);
    return outcome === 'inserted' ? fresh : ((await sending.get(id)) ?? fresh);
  }
}
