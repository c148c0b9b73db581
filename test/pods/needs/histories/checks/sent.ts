// Checks what arrived: each notice once, of open items only, at people who can be reached; and a mention only where it tells.
import type { PersonId } from '../../../../../src/log/participant.ts';
import type { Delivery } from '../../../../../src/pods/deliveries.ts';
import { type Arrived, CHANNEL } from '../outside.ts';
import type { Evidence } from './check.ts';
import { arrivedAt, carrierOf, deliveryOf, tokenOf } from './facts.ts';
import { readsOfEnd } from './reads-of-end.ts';
import { changesOf } from './replay.ts';

type Notice = Delivery & { kind: 'notice' };

export function sentFaults(evidence: Evidence): string[] {
  const notices = [...evidence.deliveries.values()].filter((one): one is Notice => one.kind === 'notice');
  return [
    ...notices.flatMap((notice) => [...sentOnce(evidence, notice), ...theirOwn(evidence, notice)]),
    ...evidence.outside.arrived.flatMap((one) => [...onlyOpen(evidence, one), ...mentions(evidence, one)]),
  ];
}

/** In Slack once; by mail perhaps again with equal bytes. */
function sentOnce(evidence: Evidence, { id, person, items }: Notice): string[] {
  const { outside, stands, now, needs } = evidence;
  const got = outside.arrived.filter(({ key }) => key === id || key.startsWith(`${id}+`));
  const bytes = new Set(got.map(({ key, text }) => `${key} ${text}`));
  if (bytes.size > 1 || (got[0]?.on === 'slack' && got.length > 1))
    return [`${person} got ${id} ${got.length} times: ${got.map(({ text }) => text).join(' | ')}`];
  const place = stands.placeOf(id.replace(/:\d+$/, ''));
  // Whoever was a deputy for a while need not hear of it any more.
  const deputy = (absent: PersonId) =>
    stands.awayAtEnd(absent, now)?.deputy === person && stands.absences(absent).every(({ entered }) => entered < place);
  const wanted = items.some(
    ({ need, for: absent }) =>
      stands.openAtEnd(need) &&
      !stands.raisedAgain(need) &&
      (!absent || deputy(absent)) &&
      !needs.some((one) => one.id === need && readsOfEnd(evidence, one)),
  );
  return wanted && stands.alwaysReachable(person) && !got.length ? [`${person} never got ${id}.`] : [];
}

/** Their own items, the owners' where they are one, and those of people who have named them as their deputy. */
function theirOwn({ needs, stands }: Evidence, { id, person, items }: Notice): string[] {
  return items.flatMap(({ need, for: absent }) => {
    const who = needs.find((one) => one.id === need)?.who;
    const deputy = absent && stands.absences(absent).some(({ value }) => value?.deputy === person);
    const right = absent
      ? deputy && (who === absent || who === 'owners')
      : who === person || (who === 'owners' && stands.ownerOnce(person));
    return right ? [] : [`${id} tells ${person} of ${need}, which is for ${who}.`];
  });
}

/** Nothing is told that was settled before the attempt began, and nothing to somebody who could not be reached by then. */
function onlyOpen({ deliveries, stands, needs, data }: Evidence, { key, text, from, until }: Arrived): string[] {
  const notice = deliveries.get(deliveryOf(key));
  if (notice?.kind !== 'notice') return [];
  const { person, items } = notice;
  const gone = stands.reachable(person, from, until) ? [] : [`${key} reached ${person}, who is not there any more.`];
  const settled = needs.filter((need) => {
    const token = items.some((item) => item.need === need.id) && tokenOf(need, data);
    // The words stay those of the first attempt, since nobody knows whether it arrived; Slack shows at once what is settled.
    return token && text.includes(token) && !stands.someOpen(need.id, 0, until);
  });
  return [...gone, ...settled.map(({ id }) => `${key} tells ${person} of ${id}, which was settled by ${until}.`)];
}

/** A live mention of Skein's in a thread tells somebody who was not told otherwise, unless they were away. */
function mentions(evidence: Evidence, { key, to, text, from, until }: Arrived): string[] {
  const { deliveries, cast, log, told, stands, own } = evidence;
  const post = deliveries.get(key);
  if (to !== CHANNEL || post?.kind !== 'post') return [];
  const users: [string, PersonId][] = [
    ['U0ADA', cast.ada],
    ['U0BEN', cast.ben],
  ];
  return users.flatMap(([user, who]) => {
    if (!text.includes(`<@${user}>`) || !stands.there(who, from, until)) return [];
    // Whether it tells them is settled once, before the first attempt: they may be back when the last one succeeds.
    const claim = own.find(({ person }) => person === who)?.commits.find((one) => one.key === `claim:${key}`);
    const decided = claim ? [stands.placeOf(claim.id), until] : [until];
    if (decided.some((place) => stands.absences(who).findLast(({ entered }) => entered <= place)?.value)) return [];
    const posting = log.filter(({ deliveries: all }) => all.some(({ id }) => id === key));
    const raising = posting.flatMap((commit) =>
      changesOf(commit).flatMap(({ type, id, who: whom, message }) =>
        type === 'need_opened' && whom === who && message === post.message ? [{ id, round: commit.seq }] : [],
      ),
    )[0];
    // It came so late that it tells a newer round of the item.
    if (told.some((one) => one.person === who && one.surface === 'mention' && carrierOf(one) === key)) return [];
    const other = told.find(
      (one) =>
        one.person === who &&
        one.need === raising?.id &&
        one.round === raising?.round &&
        one.surface !== 'mention' &&
        !one.again &&
        arrivedAt(evidence, one),
    );
    return other ? [`${who} is told by ${other.surface} and by a mention in ${key}.`] : [];
  });
}
