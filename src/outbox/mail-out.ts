// The way out for mail: Message-ID and Date are kept before the first attempt, so that a repeat is the same mail to the byte.
import type { MailHome } from '../email/address.ts';
import type { Outgoing } from '../email/compose-mail.ts';
import type { MailSender } from '../email/send-mail.ts';
import { formatId, type OwnId } from '../email/thread.ts';
import type { ParticipantId } from '../pods/participant.ts';
import type { Collection, Doc } from '../store/port.ts';

/** What stands in the head of a mail whenever it is sent. `date` in ISO 8601. */
export interface Stamp {
  messageId: string;
  date: string;
  /** What the first attempt found of what may change before the next. */
  kept: Kept;
}

export interface Kept {
  link?: string;
  /** The Message-ID that it answers. */
  parent?: string;
  /** Of an acknowledgement: who does the task, and who else hears of it. */
  assignee?: ParticipantId;
  followers?: ParticipantId[];
}

export interface MailOut {
  home: MailHome;
  /** The value of our own X-Loop header. */
  loop: string;
  /**
   * Sends the mail unless it was sent: at least once, and the same each time as long as `compose` makes the same of one stamp.
   * `ids` go into its Message-ID, by which answers come home. Composing nothing sends nothing.
   */
  sendOnce(key: string, compose: Compose, ids: OwnId, kept?: Kept): Promise<void>;
}

export type Compose = (stamp: Stamp) => Outgoing | undefined | Promise<Outgoing | undefined>;

export interface MailSendingDoc extends Doc {
  at: number;
  kept: Kept;
  sent?: true;
}

export interface MailOutDeps {
  home: MailHome;
  loop: string;
  sender: Pick<MailSender, 'send'>;
  sending: Collection<MailSendingDoc>;
  clock(): number;
}

export function makeMailOut({ home, loop, sender, sending, clock }: MailOutDeps): MailOut {
  const underWay = new Map<string, Promise<void>>();
  return {
    home,
    loop,
    async sendOnce(key, compose, ids, kept = {}) {
      // Two that are asked for at once: the second looks what became of the first.
      for (let other = underWay.get(key); other; other = underWay.get(key)) await other.catch(() => undefined);
      const sendingIt = send(key, compose, ids, kept).finally(() => underWay.delete(key));
      underWay.set(key, sendingIt);
      await sendingIt;
    },
  };

  async function send(key: string, compose: Compose, ids: OwnId, kept: Kept): Promise<void> {
    const mark = await begun(key, kept);
    if (mark.sent) return;
    const stamp = { messageId: formatId(ids, home.domain), date: new Date(mark.at).toISOString(), kept: mark.kept };
    const mail = await compose(stamp);
    if (mail) await sender.send(mail, key);
    await sending.replace({ ...mark, sent: true }, mark.rev);
  }

  async function begun(key: string, kept: Kept): Promise<MailSendingDoc> {
    const id = `mail:${key}`;
    // Whole seconds: a Date header has no more.
    const fresh: MailSendingDoc = { id, rev: 1, at: Math.floor(clock() / 1000) * 1000, kept };
    const [outcome] = await sending.insert([fresh]);
    return outcome === 'inserted' ? fresh : ((await sending.get(id)) ?? fresh);
  }
}
