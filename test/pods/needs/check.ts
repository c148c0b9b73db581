// Checks a history: whoever is needed was told once a round, and nobody else, nor too late, too often, or outside their hours.
import type { Commit } from '../../../src/log/commit.ts';
import type { ParticipantId, PersonId } from '../../../src/log/participant.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { localDay } from '../../../src/pods/local-time.ts';
import { memberId } from '../../../src/pods/members/member.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { DEFAULT_HOURS, MOST_A_DAY, withinHours } from '../../../src/pods/telling/hours.ts';
import { commitsOf } from '../../protocol/stage.ts';
import { deserved, type Raised, standsOf, type Told, toldIn } from './facts.ts';
import type { History } from './history.ts';
import type { Arrived } from './outside.ts';

const MINUTE_MS = 60_000;

export function faultsOf(history: History): string[] {
  const { data, cast, lanes } = history;
  const log = commitsOf(data, cast.pod);
  const people = [cast.ada, cast.ben, cast.gil];
  const own = people.map((person) => ({ person, commits: commitsOf(data, person) }));
  const told = own.flatMap(({ person, commits }) => toldIn(person, commits));
  const stands = standsOf(log);
  const aside = [...lanes.all.values()].filter(({ state }) => state !== 'done');
  return [
    ...history.faults,
    ...aside.map(({ delivery, state, reason }) => `${delivery.kind} ${delivery.id} is ${state}: ${reason}`),
    ...log.flatMap(raisedRightly),
    ...once(told),
    ...own.flatMap(({ person, commits }) => inMeasure(person, commits)),
    ...own.flatMap(({ person, commits }) => sentOnce(person, commits, history, stands)),
    ...mentionsOf(history, log, told),
    ...history.outside.arrived.flatMap((one) => onlyOpen(one, history, log, stands)),
    ...neverTold(history, told, stands),
  ];
}

/** The needs in a commit are those of its other changes, by rules that are written down once more here. */
function raisedRightly(commit: Commit): string[] {
  const raised = commit.changes.flatMap((change) =>
    change.type === 'need_opened' ? [change as unknown as Raised] : [],
  );
  const got = new Set(raised.map(({ who, about }) => `${who} ${about.id}`));
  const want = deserved(commit);
  return [
    ...[...got].filter((one) => !want.has(one)).map((one) => `${commit.id} (${commit.action}) disturbs ${one}.`),
    ...[...want]
      .filter((one) => !got.has(one))
      .map((one) => `${commit.id} (${commit.action}) tells nothing to ${one}.`),
  ];
}

function once(told: readonly Told[]): string[] {
  const seen = new Set<string>();
  return told.flatMap(({ need, round, surface }) => {
    const at = `${need} round ${round}`;
    if (seen.has(at)) return [`${at} is told twice, the second time by ${surface}.`];
    seen.add(at);
    return [];
  });
}

/** In their hours, and at most four messages a day. */
function inMeasure(person: PersonId, commits: readonly Commit[]): string[] {
  const sends = commits.filter(({ deliveries }) => deliveries.some(({ kind }) => kind === 'notice'));
  const days = new Map<string, number>();
  for (const { at } of sends) days.set(localDay('UTC', at), (days.get(localDay('UTC', at)) ?? 0) + 1);
  return [
    ...sends
      // Decided a moment before it is dated.
      .filter(({ at }) => [at, at - MINUTE_MS].every((time) => withinHours(time, DEFAULT_HOURS) !== time))
      .map(({ id, at }) => `${id} tells ${person} outside their hours, at ${new Date(at).toISOString()}.`),
    ...[...days]
      .filter(([, count]) => count > MOST_A_DAY)
      .map(([day, count]) => `${person} gets ${count} messages on ${day}.`),
  ];
}

type Stands = ReturnType<typeof standsOf>;

/** Each notice arrives once; by mail perhaps again with equal bytes. None arrives if nothing was left to tell. */
function sentOnce(person: PersonId, commits: readonly Commit[], { outside, cast }: History, stands: Stands): string[] {
  const notices = commits.flatMap(({ deliveries }) => deliveries).filter(({ kind }) => kind === 'notice');
  return notices.flatMap((notice) => {
    const got = outside.arrived.filter(({ key }) => key === notice.id || key.startsWith(`${notice.id}+`));
    const bytes = new Set(got.map(({ key, text }) => `${key} ${text}`));
    if (bytes.size > 1 || (got[0]?.on === 'slack' && got.length > 1))
      return [`${person} got ${notice.id} ${got.length} times: ${got.map(({ text }) => text).join(' | ')}`];
    const { items } = notice as Delivery & { kind: 'notice' };
    const always = stands.alwaysIn(memberId(cast.pod, person));
    const wanted = always && items.some(({ need }) => stands.openAtEnd(need) && !stands.raisedAgain(need));
    return wanted && got.length === 0 ? [`${person} never got ${notice.id}.`] : [];
  });
}

/** A live mention of Skein's in a thread tells somebody who was not told otherwise. */
function mentionsOf({ outside, cast }: History, log: readonly Commit[], told: readonly Told[]): string[] {
  const users = new Map<string, PersonId>([
    ['U0ADA', cast.ada],
    ['U0BEN', cast.ben],
  ]);
  return outside.arrived.flatMap(({ key, to, text }) => {
    if (to !== 'C1') return [];
    const post = log.flatMap(({ deliveries }) => deliveries).find(({ id }) => id === key) as
      | (Delivery & { kind: 'post' })
      | undefined;
    const named = [...users].filter(([user]) => text.includes(`<@${user}>`));
    return named.flatMap(([, who]) => {
      if (!post) return [];
      const need = needId(cast.pod, who, { on: 'conversations', id: post.conversation });
      const round = log.find(({ changes }) =>
        changes.some(
          (c) => c.type === 'need_opened' && c.id === need && (c as unknown as Raised).message === post.message,
        ),
      )?.seq;
      const other = told.find((one) => one.need === need && one.round === round && one.surface !== 'mention');
      return other ? [`${who} is told by ${other.surface} and by a mention in ${key}.`] : [];
    });
  });
}

/** Nothing is told that was settled before the attempt began, and nothing to somebody who had left by then. */
function onlyOpen(one: Arrived, { cast, data }: History, log: readonly Commit[], stands: Stands): string[] {
  const { to, text, from, until, key } = one;
  if (to === 'C1') return [];
  const who: ParticipantId = to.includes('gil') ? cast.gil : to.includes('U0BEN') ? cast.ben : cast.ada;
  const faults: string[] = [];
  if (!stands.someIn(memberId(cast.pod, who), from, until)) faults.push(`${key} reached ${who}, who had left.`);
  for (const item of data.docs.get(NEEDS.name)?.values() ?? []) {
    const need = item as NeedDoc;
    if (need.who !== who) continue;
    const token = stands.tokenOf(need, log, data);
    // The words stay those of the first attempt, since nobody knows whether it arrived; Slack shows at once what is settled.
    if (token && text.includes(token) && !stands.someOpen(need.id, 0, until))
      faults.push(`${key} tells ${who} of ${need.id} (${token}), which was settled: from ${from} until ${until}.`);
  }
  return faults;
}

function neverTold({ data, cast }: History, told: readonly Told[], stands: Stands): string[] {
  return [...(data.docs.get(NEEDS.name)?.values() ?? [])].flatMap((doc) => {
    const { id, state, who, round, live, reason } = doc as NeedDoc;
    if (state !== 'open' || live || !stands.inAtEnd(memberId(cast.pod, who as PersonId))) return [];
    const by = told.filter((one) => one.need === id && one.round === round);
    return by.length ? [] : [`${who} is never told of ${id}, round ${round} (${reason}).`];
  });
}
