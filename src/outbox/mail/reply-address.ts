// The address to which a mail of ours is answered: it carries the thread, for mail programs that name no mail in what they send.
import { createHmac } from 'node:crypto';
import { formatAddress, type MailHome } from '../../email/address.ts';
import type { Collection, CollectionSpec, Doc } from '../../store/port.ts';

/** The thread that a reply belongs to. */
export interface ReplyThread {
  pod: string;
  /** The conversation or held mail; `digest`, `unsubscribe`. */
  thread: string;
  /** The name of the pod, or of the agent whose own address it is, before the @. */
  slug?: string;
  /** The agent that wrote, and is asked by an answer to it alone. */
  handle?: string;
  /** The one whose mail it is, where it is nobody else's. */
  person?: string;
}

export interface ReplyAddressDoc extends Doc, ReplyThread {
  /** When a mail last went out with it, in milliseconds since 1970; to the day. */
  at: number;
}

export const REPLY_SPEC: CollectionSpec = { name: 'replyAddresses', kind: 'journal', indexes: [{ fields: ['at'] }] };

export interface ReplyAddresses {
  /** The same for the same thread, whenever it is asked for. Whoever learns it has to be proved all the same: it says where, not who. */
  address(thread: ReplyThread): Promise<string>;
  /** Undefined for a token that was never given out, or that no mail of the last 90 days had. */
  thread(token: string): Promise<ReplyThread | undefined>;
}

export interface ReplyDeps {
  home: MailHome;
  known: Collection<ReplyAddressDoc>;
  /** Tokens are made with it. */
  secret(): Promise<string>;
  clock(): number;
}

const DAY_MS = 86_400_000;
/** An answer to a mail of last season finds its thread by the Message-ID that it names. */
export const REPLY_RETENTION_MS = 90 * DAY_MS;

export function makeReplyAddresses({ home, known, secret, clock }: ReplyDeps): ReplyAddresses {
  return {
    async address(thread) {
      const { slug } = thread;
      const token = tokenOf(await secret(), thread);
      await keep({ id: token, rev: 1, ...thread, at: clock() });
      return formatAddress(home, slug ? { kind: 'pod', slug, token } : { kind: 'bare', token });
    },
    async thread(token) {
      const found = await known.get(token);
      return found && clock() - found.at < REPLY_RETENTION_MS ? found : undefined;
    },
  };

  /** Known before the mail with it goes out. */
  async function keep(doc: ReplyAddressDoc): Promise<void> {
    const [outcome] = await known.insert([doc]);
    if (outcome === 'inserted') return;
    const earlier = await known.get(doc.id);
    if (!earlier) return keep(doc);
    // Another process is as good at it.
    if (doc.at - earlier.at > DAY_MS) await known.replace({ ...earlier, at: doc.at }, earlier.rev);
  }
}

/** 128 bits: nobody guesses one. */
function tokenOf(secret: string, { pod, thread, slug = '', handle = '', person = '' }: ReplyThread): string {
  const mac = createHmac('sha256', secret)
    .update(JSON.stringify(['reply', pod, thread, slug, handle, person]))
    .digest('hex');
  return BigInt(`0x${mac.slice(0, 32)}`)
    .toString(36)
    .padStart(25, '0');
}
