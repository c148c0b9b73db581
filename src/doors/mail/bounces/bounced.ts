// A mail of ours did not arrive: the conversation it is from hears whom it did not reach and why, in Skein's words and never in the report's.
import { parseAddress } from '../../../email/address.ts';
import type { Bounced, Undelivered } from '../../../email/parse/bounce.ts';
import { parseId } from '../../../email/thread.ts';
import { Conflict } from '../../../errors.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import type { MailContext } from '../context.ts';
import { sentAs } from './sent.ts';

/** What such a report comes to. `unknown`: it names no mail that went out from here. */
export type BounceOutcome = 'told' | 'pending' | 'unknown';

interface Lost {
  id: string;
  conversation: ConversationDoc;
  to: PersonDoc[];
}

/** A report names one mail; of a long thread it brings the References too. */
const MOST_LOOKED_UP = 30;

/** Nobody proves who writes a report: one of a mail that never went out is made up, and there is no end to those. */
export async function tellBounced(mail: MailContext, bounced: Bounced): Promise<BounceOutcome> {
  const lost = await lostMail(mail, bounced);
  if (!lost) return 'unknown';
  if (bounced.pending) return 'pending';
  const missed = missedOf(lost.to, bounced);
  if (!missed.length) await say(mail, lost, '', elsewhere(mail, lost, bounced));
  for (const person of missed)
    await say(
      mail,
      lost,
      `:${person.id}`,
      `A mail from this conversation did not reach ${person.name}: ${whyNot(bounced)}. ${ADVICE[bounced.why]}`,
    );
  return 'told';
}

async function lostMail(mail: MailContext, { ids, ...bounced }: Bounced): Promise<Lost | undefined> {
  const { read, home } = mail;
  const ours = ids.filter((id) => parseId(id, home.domain)).slice(0, MOST_LOOKED_UP);
  for (const id of ours) {
    const sent = await sentAs(mail, id);
    const conversation = sent && (await read.get(CONVERSATIONS, sent.conversation));
    if (sent && conversation) return { id, conversation, to: await peopleOf(mail, sent.to) };
  }
  // A mail service may have given it another Message-ID: its References are ours still, and it was for somebody who follows.
  for (const id of ours) {
    const own = parseId(id, home.domain);
    const conversation = own && (await read.get(CONVERSATIONS, own.thread));
    if (own?.n !== 'root' || conversation?.pod !== own.pod) continue;
    const to = missedOf(await peopleOf(mail, conversation.mail?.people ?? []), { ids, ...bounced });
    if (to.length) return { id, conversation, to };
  }
  return undefined;
}

async function peopleOf({ read }: MailContext, ids: readonly string[]): Promise<PersonDoc[]> {
  const people = await Promise.all(ids.map((id) => read.get(PEOPLE, id)));
  return people.filter((person): person is PersonDoc => person !== undefined);
}

/** Of those whom it was sent to: whom the report names as missed, else whom it names at all. */
function missedOf(to: readonly PersonDoc[], { recipients, named }: Bounced): PersonDoc[] {
  const among = (addresses: readonly string[]) =>
    to.filter(({ email, accounts }) =>
      addresses.some((one) => one === email?.toLowerCase() || accounts.includes(`mail:${one}`)),
    );
  const missed = among(recipients);
  return missed.length || recipients.length ? missed : among(named);
}

/** Whom it names it was never sent to: an address passes it on to that one, perhaps. */
function elsewhere({ home }: MailContext, { to }: Lost, bounced: Bounced): string {
  const names = to.map(({ name }) => name).join(', ') || 'its readers';
  const [other] = [...bounced.recipients, ...bounced.named].filter(
    (one) => !parseAddress(home, one) && !/^(?:mailer-daemon|postmaster)@/.test(one) && plain.test(one),
  );
  const begun = `A mail from this conversation to ${names} did not arrive`;
  if (!other) return `${begun}: ${whyNot(bounced)}. ${ADVICE[bounced.why]}`;
  return `${begun}. The report names \`${other}\`, to which it was passed on, perhaps: ${whyNot(bounced)}. ${ADVICE[bounced.why]}`;
}

const plain = /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,100}$/;

function whyNot({ why, status }: Bounced): string {
  return `${REASONS[why]}${status ? ` (${status})` : ''}`;
}

const REASONS: Record<Undelivered, string> = {
  address: 'there is no such mailbox',
  full: 'the mailbox is full',
  closed: 'the mailbox is closed',
  domain: 'no mail server was found for that address',
  size: 'the other server takes no mail of that size',
  policy: 'the other server does not let mail from here in',
  time: 'the other server did not take it, though it was tried again and again',
  circle: 'it was sent round in a circle',
  unknown: 'the other server refused it',
};

const TELL = 'Tell them another way.';
const CHECK = 'Check the address, or tell them another way.';
const ADVICE: Record<Undelivered, string> = {
  ...{ address: CHECK, domain: CHECK, unknown: CHECK, circle: CHECK, closed: TELL, size: TELL },
  ...{ full: TELL, policy: 'Ask whoever looks after mail, and tell them another way.', time: TELL },
};

async function say({ act }: MailContext, { id, conversation }: Lost, whom: string, text: string): Promise<void> {
  await act({
    pod: conversation.pod,
    actor: 'skein',
    via: 'email',
    action: 'post_message',
    input: { conversation: conversation.id, text },
    key: `bounce:${id}${whom}`,
  }).catch((error: unknown) => {
    // It bounced more than once, with other words.
    if (!(error instanceof Conflict)) throw error;
  });
}
