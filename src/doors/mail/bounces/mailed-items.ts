// Finds the notice or the digest that a Message-ID of ours belongs to: whom it told, and of which items.
import { type OwnId, parseId } from '../../../email/thread.ts';
import type { Commit } from '../../../log/commit.ts';
import { idOf } from '../../../log/ids.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import { type DeliveryOf, deliveriesOf } from '../../../pods/deliveries.ts';
import { ORG } from '../../../pods/members/rights.ts';
import { NEEDS } from '../../../pods/needs/need.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import { HEARINGS, hearingId, ownLog } from '../../../pods/telling/hearing.ts';
import { isNoticeThread } from '../../../pods/telling/notices/notice-thread.ts';
import type { NoticeItem } from '../../../pods/telling/wishes.ts';
import type { MailContext } from '../context.ts';

/** `id`: that of the delivery. */
export interface MailedItems {
  id: string;
  person: PersonId;
  items: readonly NoticeItem[];
}

type Notice = DeliveryOf<'notice'>;

/** The newest commits of a person's own log that are looked at. A bounce comes within days. */
const LOOK_BACK = 300;
/** A bounce names few addresses. */
const MOST_ADDRESSES = 20;
/** The thread of every digest. */
const OF_DIGEST = 'digest';

/** Returns what the mail with this Message-ID told. Undefined if Skein did not send it to one of these addresses. */
export async function mailedAs(
  mail: MailContext,
  id: string,
  addresses: readonly string[],
): Promise<MailedItems | undefined> {
  const own = parseId(id, mail.home.domain);
  const digest = own?.pod === ORG && own.thread === OF_DIGEST;
  if (!own || !(digest || own.thread.startsWith('n_') || isNoticeThread(own.thread))) return undefined;
  for (const person of await peopleFor(mail, own, addresses)) {
    const told = await mail.commits.find({ where: { pod: ownLog(person) }, sort: [['seq', 'desc']], limit: LOOK_BACK });
    const found = digest ? await digestIn(mail, told, own, person) : noticeIn(told, own);
    if (found) return found;
  }
  return undefined;
}

function noticeIn(commits: readonly Commit[], own: OwnId): Notice | undefined {
  return commits
    .flatMap(deliveriesOf)
    .find((one): one is Notice => one.kind === 'notice' && idOf('d', one.id) === own.n);
}

/** A digest tells what was not told before. Of anything else that it lists, the person has heard. */
async function digestIn(
  { read }: MailContext,
  commits: readonly Commit[],
  { n }: OwnId,
  person: PersonId,
): Promise<MailedItems | undefined> {
  for (const { action, key, result } of commits) {
    const id = key.slice('digest:'.length);
    if (action !== 'tell_in_digest' || idOf('d', id) !== n) continue;
    const { told } = result as { told: string[] };
    const items = await Promise.all(
      told.map(async (need): Promise<NoticeItem[]> => {
        const [item, hearing] = await Promise.all([read.get(NEEDS, need), read.get(HEARINGS, hearingId(person, need))]);
        return item ? [{ need, pod: item.pod, ...(hearing?.for ? { for: hearing.for } : {}) }] : [];
      }),
    );
    return { id, person, items: items.flat() };
  }
  return undefined;
}

async function peopleFor({ read }: MailContext, own: OwnId, addresses: readonly string[]): Promise<PersonId[]> {
  const some = addresses.slice(0, MOST_ADDRESSES);
  const found = await read.find(PEOPLE, { where: { accounts: { in: some.map((one) => `mail:${one}`) } } });
  const who = (await read.get(NEEDS, own.thread))?.who;
  return [...new Set([...(who && isPerson(who) ? [who] : []), ...found.map(({ id }) => id as PersonId)])];
}
