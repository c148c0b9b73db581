// Makes reply addresses. Each contains a token for its thread, because some mail programs send no References.
import { createHmac } from 'node:crypto';
import { formatAddress, type MailHome } from '../../email/address.ts';
import type { Listed } from '../../pods/needs/waiting/numbers.ts';
import type { Collection, CollectionSpec, Doc } from '../../store/port.ts';

/** The thread of a reply address. */
export interface ReplyThread {
  pod: string;
  /** The id of the conversation or the quarantined mail; or `digest` or `unsubscribe`; or the id of a list. */
  thread: string;
  /** The name at the start of the address: that of the pod, or of an agent with its own address. */
  slug?: string;
  /** The agent that wrote the mail. A reply only to this address is for this agent. */
  handle?: string;
  /** The only recipient of a mail to one person. */
  person?: string;
}

export interface ReplyAddressDoc extends Doc, ReplyThread {
  /** When a mail last used the address, in milliseconds since 1970, rounded to the day. */
  at: number;
  /** The things that the mail lists, for a reply that names one by its number. */
  list?: readonly Listed[];
}

export const REPLY_SPEC: CollectionSpec = { name: 'replyAddresses', kind: 'journal', indexes: [{ fields: ['at'] }] };

export interface ReplyAddresses {
  /** Returns the same address for the same thread. The address finds the thread and does not prove the sender. */
  address(thread: ReplyThread, list?: readonly Listed[]): Promise<string>;
  /** Returns the list of the mail with this thread. Undefined if there is none, or if it is too old. */
  list(thread: ReplyThread): Promise<readonly Listed[] | undefined>;
  /**
   * Returns the thread of a token. Undefined for a token that was never issued, or that no mail of the last 90 days
   * used.
   */
  thread(token: string): Promise<ReplyThread | undefined>;
}

export interface ReplyDeps {
  home: MailHome;
  known: Collection<ReplyAddressDoc>;
  /** Returns the secret key from which tokens are made. */
  secret(): Promise<string>;
  clock(): number;
}

const DAY_MS = 86_400_000;
/** How long a token is kept after its last use. A later reply finds its thread by References. */
export const REPLY_RETENTION_MS = 90 * DAY_MS;

export function makeReplyAddresses({ home, known, secret, clock }: ReplyDeps): ReplyAddresses {
  return {
    async address(thread, list) {
      const { slug } = thread;
      const token = tokenOf(await secret(), thread);
      await keep({ id: token, rev: 1, ...thread, at: clock(), ...(list ? { list } : {}) });
      return formatAddress(home, slug ? { kind: 'pod', slug, token } : { kind: 'bare', token });
    },
    thread: found,
    list: async (thread) => (await found(tokenOf(await secret(), thread)))?.list,
  };

  async function found(token: string): Promise<ReplyAddressDoc | undefined> {
    const doc = await known.get(token);
    return doc && clock() - doc.at < REPLY_RETENTION_MS ? doc : undefined;
  }

  /** Stores the token before the mail goes out. */
  async function keep(doc: ReplyAddressDoc): Promise<void> {
    const [outcome] = await known.insert([doc]);
    if (outcome === 'inserted') return;
    const earlier = await known.get(doc.id);
    if (!earlier) return keep(doc);
    // A Conflict is ignored: another process has stored a date too.
    if (doc.at - earlier.at > DAY_MS) await known.replace({ ...earlier, at: doc.at }, earlier.rev);
  }
}

/** Returns the thread's token. It has 128 bits, so that nobody can guess one. */
function tokenOf(secret: string, { pod, thread, slug = '', handle = '', person = '' }: ReplyThread): string {
  const mac = createHmac('sha256', secret)
    .update(JSON.stringify(['reply', pod, thread, slug, handle, person]))
    .digest('hex');
  return BigInt(`0x${mac.slice(0, 32)}`)
    .toString(36)
    .padStart(25, '0');
}
