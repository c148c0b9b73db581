// Reports a bounce in the conversation of the mail: which recipients did not get it, and why. A question that did not
// arrive passes on. The wording is Skein's, never the bounce's.
import { parseAddress } from '../../../email/address.ts';
import type { Bounced, Undelivered } from '../../../email/parse/bounce.ts';
import { parseId } from '../../../email/thread.ts';
import { Conflict } from '../../../errors.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { PEOPLE, type PersonDoc } from '../../../pods/people/person.ts';
import type { MailContext } from '../context.ts';
import { mailedAs } from './mailed-items.ts';
import { noticeMissed, questionMissed, threadMissed, type WhyNot } from './missed-items.ts';
import { type SentMail, sentAs } from './sent.ts';

/** The outcome of a bounce. `unknown`: the bounce contains no id of a mail that Skein sent. */
export type BounceOutcome = 'reported' | 'pending' | 'unknown';

interface Lost {
  id: string;
  conversation: ConversationDoc;
  to: PersonDoc[];
  /** Absent if the mail is known by its thread alone. */
  sent?: SentMail;
}

/**
 * The most Message-IDs that are looked up for one bounce. A bounce contains the id of one mail and perhaps its
 * References.
 */
const MOST_LOOKED_UP = 30;

/**
 * Reports a bounce if it contains the id of a mail that Skein sent. Other bounces may be forged, because bounces are
 * not authenticated.
 */
export async function reportBounce(mail: MailContext, bounced: Bounced): Promise<BounceOutcome> {
  const lost = await lostMail(mail, bounced);
  if (!lost) return reportNotice(mail, bounced);
  if (bounced.pending) return 'pending';
  const missed = missedOf(lost.to, bounced);
  if (!missed.length) await postNotice(mail, lost, '', elsewhere(mail, lost, bounced));
  for (const person of missed)
    await postNotice(
      mail,
      lost,
      `:${person.id}`,
      mail.texts.fill('undelivered', 'bounced', { people: person.name, ...whyNot(mail, bounced) }),
    );
  const people = missed.map(({ id }) => id);
  const { pod, id: conversation } = lost.conversation;
  if (lost.sent) await questionMissed(mail, lost.sent, people);
  else await threadMissed(mail, { id: lost.id, pod, conversation }, people);
  return 'reported';
}

/** A bounce of a notice or a digest: it told one person of what waits for them. */
async function reportNotice(mail: MailContext, bounced: Bounced): Promise<BounceOutcome> {
  const { ids, recipients, named, pending } = bounced;
  for (const id of ids.slice(0, MOST_LOOKED_UP)) {
    const sent = await mailedAs(mail, id, [...recipients, ...named]);
    if (!sent) continue;
    if (pending) return 'pending';
    await noticeMissed(mail, sent, whyNot(mail, bounced));
    return 'reported';
  }
  return 'unknown';
}

async function lostMail(mail: MailContext, { ids, ...bounced }: Bounced): Promise<Lost | undefined> {
  const { read, home } = mail;
  const ours = ids.filter((id) => parseId(id, home.domain)).slice(0, MOST_LOOKED_UP);
  for (const id of ours) {
    const sent = await sentAs(mail, id);
    const conversation = sent && (await read.get(CONVERSATIONS, sent.conversation));
    if (sent && conversation) return { id, conversation, sent, to: await peopleOf(mail, sent.to) };
  }
  // A mail service may have replaced the Message-ID. The References are still ours, and the recipients are the
  // followers of the conversation.
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

/**
 * Returns the recipients whom the bounce lists as missed. If it lists none as missed, returns all recipients whom it
 * mentions.
 */
function missedOf(to: readonly PersonDoc[], { recipients, named }: Bounced): PersonDoc[] {
  const among = (addresses: readonly string[]) =>
    to.filter(({ email, accounts }) =>
      addresses.some((one) => one === email?.toLowerCase() || accounts.includes(`mail:${one}`)),
    );
  const missed = among(recipients);
  return missed.length || recipients.length ? missed : among(named);
}

/**
 * Returns the notice for a bounce about an address that the mail was not sent to. A recipient may forward their mail to
 * it.
 */
function elsewhere(mail: MailContext, { to }: Lost, bounced: Bounced): string {
  const { fill } = mail.texts;
  const people = to.map(({ name }) => name).join(', ') || fill('undelivered', 'readers');
  const [address] = [...bounced.recipients, ...bounced.named].filter(
    (one) => !parseAddress(mail.home, one) && !/^(?:mailer-daemon|postmaster)@/.test(one) && plain.test(one),
  );
  const fields = { people, ...whyNot(mail, bounced) };
  return address
    ? fill('undelivered', 'bounced-elsewhere', { ...fields, address })
    : fill('undelivered', 'bounced-somewhere', fields);
}

const plain = /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,100}$/;

function whyNot({ texts: { fill } }: MailContext, { why, status }: Bounced): WhyNot {
  const words = fill('undelivered', `why-${why}`);
  return { why: status ? `${words} (${status})` : words, advice: fill('undelivered', `advice-${ADVICE[why]}`) };
}

const ADVICE: Record<Undelivered, 'check' | 'tell' | 'ask'> = {
  ...{ address: 'check', domain: 'check', unknown: 'check', circle: 'check' },
  ...{ closed: 'tell', size: 'tell', full: 'tell', time: 'tell', policy: 'ask' },
};

async function postNotice({ act }: MailContext, { id, conversation }: Lost, whom: string, text: string): Promise<void> {
  await act({
    pod: conversation.pod,
    actor: 'skein',
    via: 'email',
    action: 'post_message',
    input: { conversation: conversation.id, text },
    key: `bounce:${id}${whom}`,
  }).catch((error: unknown) => {
    // A Conflict means that a second bounce of the same mail has another text.
    if (!(error instanceof Conflict)) throw error;
  });
}
