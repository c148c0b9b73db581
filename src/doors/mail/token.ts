// A mail to an address that carries a thread, as our Reply-To does: from here on it is a mail to the pod that names that thread.
import { formatAddress, type PodAddress, parseAddress } from '../../email/address.ts';
import type { Envelope } from '../../email/mail.ts';
import { rootId } from '../../email/thread.ts';
import type { Arrived, MailContext, ReplyThread } from './context.ts';

/** Nobody answers more threads at once. */
const MOST_TOKENS = 10;

type Token = PodAddress & { token: string };

interface Addressed {
  arrived: Arrived;
  envelope: Envelope;
}

/**
 * What the mail itself names as answered goes before what its address carries. Where only signatures prove its sender, an address that they do not
 * cover carries no thread: whoever sent it on may have chosen it.
 */
export async function withThreads(mail: MailContext, arrived: Arrived, envelope: Envelope): Promise<Addressed> {
  const { mail: read, signed, unsigned } = arrived;
  const written = [...read.to, ...read.cc].map(({ address }) => address);
  const tokens = new Map<string, Token>();
  const others = [...(unsigned?.to ?? []), ...(unsigned?.cc ?? [])].map(({ address }) => address);
  for (const address of [...written, ...read.deliveredTo, ...(envelope.rcptTo ?? []), ...others]) {
    const parsed = parseAddress(mail.home, address);
    if (parsed && isToken(parsed) && tokens.size < MOST_TOKENS) tokens.set(address.toLowerCase(), parsed);
  }
  if (!tokens.size) return { arrived, envelope };
  const threads = new Map<string, ReplyThread | undefined>();
  for (const { token } of tokens.values()) if (!threads.has(token)) threads.set(token, await mail.replyThread(token));
  const plain = (address: string) => {
    const to = tokens.get(address.toLowerCase());
    return to ? formatAddress(mail.home, without(to, threads.get(to.token))) : address;
  };
  const mailbox = <T extends { address: string }>(one: T): T => ({ ...one, address: plain(one.address) });
  const carrying = [...tokens].filter(([address]) => !signed || written.some((one) => one.toLowerCase() === address));
  const carried = [...new Set(carrying.map(([, { token }]) => token))].map((token) => threads.get(token));
  return {
    arrived: {
      ...arrived,
      ...(unsigned ? { unsigned: { to: unsigned.to.map(mailbox), cc: unsigned.cc.map(mailbox) } } : {}),
      mail: {
        ...read,
        to: read.to.map(mailbox),
        cc: read.cc.map(mailbox),
        deliveredTo: read.deliveredTo.map(plain),
        references: [...rootsOf(mail, carried), ...read.references],
      },
    },
    envelope: { ...envelope, ...(envelope.rcptTo ? { rcptTo: envelope.rcptTo.map(plain) } : {}) },
  };
}

function isToken(address: PodAddress): address is Token {
  return address.token !== undefined;
}

/** Keeps only the pod of an address whose token is too old or not ours. */
function without(to: Token, thread: ReplyThread | undefined): PodAddress {
  const slug = thread?.slug ?? (to.kind === 'pod' && to.slug !== 'skein' ? to.slug : undefined);
  if (!slug) return { kind: 'bare' };
  return { kind: 'pod', slug, ...(thread?.handle ? { handle: thread.handle } : {}) };
}

/** As if the mail named the first of each thread: the newest id that it names itself stands behind them. */
function rootsOf({ home }: MailContext, threads: readonly (ReplyThread | undefined)[]): string[] {
  return threads.flatMap((thread) => (thread ? [rootId(thread, home.domain)] : [])).toReversed();
}
