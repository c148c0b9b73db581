// Handles a reply to a digest. Its first line may be a command about the digest. Other words go back to the
// sender, as they are nobody's message.
import type { Mail } from '../../email/mail.ts';
import { trimReply } from '../../email/quotes/trim-reply.ts';
import { type OwnId, ownIdsIn, parseId } from '../../email/thread.ts';
import { idOf } from '../../log/ids.ts';
import type { PersonId } from '../../log/participant.ts';
import { localDay } from '../../pods/local-time.ts';
import { ORG } from '../../pods/members/rights.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { hoursOf, type OwnHours, PREFERENCES } from '../../pods/preferences/preference.ts';
import type { AwayResult } from '../../pods/preferences/set-away.ts';
import { digestAnswer, type ShownDigest, wishOf } from '../digest-wish.ts';
import { enter, type Known } from '../enter.ts';
import { awayAnswer, hoursAnswer, hoursWishOf } from '../hours-wish.ts';
import { refusalByMail } from '../typed-refusal.ts';
import type { MailContext, Proved } from './context.ts';
import { quotedWords } from './notices/several.ts';
import { keyOf } from './origin.ts';

/** Matches a command that is the whole line, as “stop” or “at 8:30”. A longer line is an ordinary sentence. */
const COMMAND = /^(?:(?:now|pause|resume|stop|unsubscribe)|at \d[\d:.h]{0,4} ?(?:am|pm)?|zone \S{1,80})$/i;
const HOURS = /^(?:hours(?: .{1,80})?|away(?: until \S.{0,39}?)?(?: deputy .{1,60})?|back)$/i;

const inReply = (words: string) => `“${words}” in a reply`;

/** The id of the thread of a person's unsubscribe address. Any mail to that address ends the person's digests. */
export function unsubscribeThread(person: string): string {
  return idOf('unsubscribe', person);
}

/** True if the mail went to an unsubscribe address. Its text does not matter. */
export function endsDigest({ home }: MailContext, read: Pick<Mail, 'inReplyTo' | 'references'>): boolean {
  return wishesIn(ownIdsIn(read, home.domain)).length > 0;
}

function wishesIn(ids: readonly OwnId[]): string[] {
  return ids.filter(({ pod, thread }) => pod === ORG && thread.startsWith('unsubscribe_')).map(({ thread }) => thread);
}

/**
 * Performs the command in a reply to a digest, and answers the sender. Returns false if the mail does not answer a
 * digest.
 */
export async function settleDigest(mail: MailContext, arrived: Proved): Promise<boolean> {
  const { mail: read, author, at, answer } = arrived;
  // A reply to Skein's own answer counts as a reply to the digest too.
  const ids = [...read.inReplyTo, ...read.references].map((id) => parseId(id, mail.home.domain));
  const wishes = wishesIn(ids.filter((own) => own !== undefined));
  if (!wishes.length && !ids.some((own) => own?.pod === ORG && own.thread === 'digest')) return false;
  const person = author.id as PersonId;
  const { fill } = mail.texts;
  if (wishes.length && !wishes.includes(unsubscribeThread(person))) {
    const text = fill('digest-settings', 'another-reader');
    if (answer) await mail.answer({ person, mail: read, at, text }, `digest:${person}:${keyOf(arrived)}`);
    return true;
  }
  const line = wishes.length ? 'stop' : firstLine(trimReply(read).written);
  const key = `digest:${person}:${keyOf(arrived)}`;
  const known = HOURS.test(line) ? aboutHours : COMMAND.test(line) ? obey : undefined;
  const text = known
    ? await known(mail, author, line, at, key).catch((error: unknown) =>
        fill('digest-settings', 'not-changed', { reason: refusalByMail(error) }),
      )
    : fill('digest-settings', 'not-read', { words: quotedWords(mail, read) });
  if (answer) await mail.answer({ person, mail: read, at, text }, key);
  return true;
}

async function obey(mail: MailContext, as: Known, line: string, at: number, key: string): Promise<string> {
  const { action, input } = wishOf(line.split(/\s+/), inReply);
  const { result } = await enter<{ digest: ShownDigest }>(mail, { as, action, input, via: 'email', key });
  return action === 'send_digest'
    ? mail.texts.fill('digest-settings', 'sent-by-mail')
    : digestAnswer(mail.texts, result.digest, at, inReply);
}

async function aboutHours(mail: MailContext, as: Known, line: string, at: number, key: string): Promise<string> {
  const [person, preference] = await Promise.all([mail.read.get(PEOPLE, as.id), mail.read.get(PREFERENCES, as.id)]);
  const hours = hoursOf(preference, person);
  const wish = hoursWishOf(line.split(/\s+/), inReply, localDay(hours.timeZone, at));
  if (wish.action === 'show') return hoursAnswer(mail.texts, hours, inReply);
  const act = { as, input: wish.input, via: 'email', key } as const;
  if (wish.action === 'set_away')
    return awayAnswer(mail.texts, (await enter<AwayResult>(mail, { ...act, action: 'set_away' })).result, inReply);
  const { result } = await enter<{ hours: OwnHours }>(mail, { ...act, action: 'set_hours' });
  return hoursAnswer(mail.texts, result.hours, inReply);
}

function firstLine(text: string): string {
  const line = text
    .split('\n')
    .map((one) => one.trim())
    .find(Boolean);
  return (line ?? '')
    .slice(0, 200)
    .replace(/^[“"'`]+/, '')
    .replace(/[”"'`.!]+$/, '')
    .replace(/,? (?:please|thanks|thank you)$/i, '')
    .replace(/\s+/g, ' ');
}
