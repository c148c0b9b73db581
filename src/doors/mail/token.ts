// Resolves reply tokens: replaces a recipient address that contains a token by the pod and the thread it stands for.
import { formatAddress, type PodAddress, parseAddress } from '../../email/address.ts';
import type { Envelope } from '../../email/mail.ts';
import { rootId } from '../../email/thread.ts';
import type { Arrived, MailContext, ReplyThread } from './context.ts';

/** People answer fewer threads with one mail. */
const MOST_TOKENS = 10;

type Token = PodAddress & { token: string };

interface Addressed {
  arrived: Arrived;
  envelope: Envelope;
}

/**
 * References of the mail take precedence over tokens in its addresses. If only signatures prove the sender, an address that
 * is not signed names no thread: whoever sent the mail on may have chosen it.
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

/** Drops an expired or unknown token and keeps the pod of the address. */
function without(to: Token, thread: ReplyThread | undefined): PodAddress {
  const slug = thread?.slug ?? (to.kind === 'pod' && to.slug !== 'skein' ? to.slug : undefined);
  if (!slug) return { kind: 'bare' };
  return { kind: 'pod', slug, ...(thread?.handle ? { handle: thread.handle } : {}) };
}

/** The first message id of each thread, as if the mail referred to it. Real references come after these. */
function rootsOf({ home }: MailContext, threads: readonly (ReplyThread | undefined)[]): string[] {
  return threads.flatMap((thread) => (thread ? [rootId(thread, home.domain)] : [])).toReversed();
}
