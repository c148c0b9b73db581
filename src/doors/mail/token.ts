// Resolves reply tokens: replaces a recipient address that contains a token by the token's pod, and adds its thread to
// the References.
import { formatAddress, type PodAddress, parseAddress } from '../../email/address.ts';
import type { Envelope } from '../../email/mail.ts';
import { rootId } from '../../email/thread.ts';
import type { Arrived, MailContext, ReplyThread } from './context.ts';

/** The most tokens of a mail that are resolved. One mail of a person answers fewer threads. */
const MOST_TOKENS = 10;

type Token = PodAddress & { token: string };

interface Addressed {
  arrived: Arrived;
  envelope: Envelope;
}

/**
 * Resolves the tokens. The mail's real References take precedence over its tokens. If only signatures prove the sender,
 * a token in an unsigned address adds no thread, because whoever sent the mail again may have chosen it.
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

/** Returns the address without its token. If the token is expired or unknown, keeps the pod that the address names. */
function without(to: Token, thread: ReplyThread | undefined): PodAddress {
  const slug = thread?.slug ?? (to.kind === 'pod' && to.slug !== 'skein' ? to.slug : undefined);
  if (!slug) return { kind: 'bare' };
  return { kind: 'pod', slug, ...(thread?.handle ? { handle: thread.handle } : {}) };
}

/**
 * Returns the first message id of each thread, as if the mail referred to it. The mail's real References follow these
 * ids and so take precedence.
 */
function rootsOf({ home }: MailContext, threads: readonly (ReplyThread | undefined)[]): string[] {
  return threads.flatMap((thread) => (thread ? [rootId(thread, home.domain)] : [])).toReversed();
}
