// Checks a history: whoever is needed was told once a round, and nobody else, nor too late, too often, or outside their hours.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { Subject } from '../../../../../src/log/needs/need.ts';
import type { PersonId } from '../../../../../src/log/participant.ts';
import type { Delivery } from '../../../../../src/pods/deliveries.ts';
import { NEEDS, type NeedDoc } from '../../../../../src/pods/needs/need.ts';
import { hearingId } from '../../../../../src/pods/telling/hearing.ts';
import { commitsOf } from '../../../../protocol/stage.ts';
import type { History } from '../history.ts';
import { agentFaults } from './agents.ts';
import { commitsIn, wasPutOff } from './commits.ts';
import { digestFaults } from './digests.ts';
import { arrivedAt, carrierOf, deliveriesIn, type Told, toldIn } from './facts.ts';
import { measureFaults } from './measure.ts';
import { questionFaults } from './questions.ts';
import { readsOfEnd } from './reads-of-end.ts';
import { changesOf, type Replayed, replay } from './replay.ts';
import { sentFaults } from './sent.ts';
import { type Stands, standsOf } from './stands.ts';

/** A history with what the checks read from it. */
export interface Evidence extends History {
  people: readonly PersonId[];
  /** Of the pod. */
  log: readonly Commit[];
  own: readonly { person: PersonId; commits: readonly Commit[] }[];
  told: readonly Told[];
  stands: Stands;
  deliveries: ReadonlyMap<string, Delivery>;
  needs: readonly NeedDoc[];
}

export function faultsOf(history: History): string[] {
  const { data, cast } = history;
  const log = commitsOf(data, cast.pod);
  const people = [cast.ada, cast.ben, cast.gil];
  const own = people.map((person) => ({ person, commits: commitsOf(data, person) }));
  const evidence: Evidence = {
    ...history,
    ...{ people, log, own },
    told: own.flatMap(({ person, commits }) => toldIn(person, commits)),
    stands: standsOf(data, cast.pod),
    deliveries: deliveriesIn(commitsIn(data)),
    needs: [...(data.docs.get(NEEDS.name)?.values() ?? [])] as NeedDoc[],
  };
  const replayed = replay(log, cast, (body) => data.bodies.get(body)?.text ?? '');
  return [
    ...history.faults,
    ...leftBehind(evidence),
    ...log.flatMap((commit) => raisedRightly(commit, replayed)),
    ...log.flatMap(keyedApart),
    ...openRightly(evidence, replayed),
    ...once(evidence.told),
    ...measureFaults(evidence),
    ...sentFaults(evidence),
    ...neverTold(evidence),
    ...newsNeverTold(evidence),
    ...questionFaults(evidence),
    ...digestFaults(evidence),
    ...agentFaults(evidence),
  ];
}

function leftBehind({ lanes, outside }: Evidence): string[] {
  return [...lanes.all.values()]
    .filter(({ state, delivery }) => state !== 'done' && !(state === 'aside' && outside.refused.has(delivery.id)))
    .map(({ delivery, state, reason }) => `${delivery.kind} ${delivery.id} is ${state}: ${reason}`);
}

/** The needs in a commit are those of its other changes, by rules that are written down once more here. */
function raisedRightly(commit: Commit, { raised }: Replayed): string[] {
  const opened = changesOf(commit).filter(({ type }) => type === 'need_opened');
  const got = new Set(opened.map(({ who, about }) => `${who} ${subjectOf(about as Subject)}`));
  const want = raised.get(commit.id) ?? new Set();
  return [
    ...[...got].filter((one) => !want.has(one)).map((one) => `${commit.id} (${commit.action}) disturbs ${one}.`),
    ...[...want]
      .filter((one) => !got.has(one))
      .map((one) => `${commit.id} (${commit.action}) tells nothing to ${one}.`),
  ];
}

/** Two acts of one commit with the same key would be one: the second is set aside, and whoever it is for hears nothing. */
function keyedApart(commit: Commit): string[] {
  const keys = commit.deliveries.flatMap((one) => ('key' in one && 'in' in one ? [`${one.in} ${one.key}`] : []));
  return keys.filter((key, n) => keys.indexOf(key) < n).map((key) => `${commit.id} has two acts with the key ${key}.`);
}

/** The steps of a task are a subject beside the task. */
const subjectOf = ({ on, id }: Subject) => (on === 'steps' ? `steps/${id}` : id);

/** A deputy may settle what an absent person is needed for, by rules that are not written down here. */
function openRightly({ needs, stands, people }: Evidence, { open: all }: Replayed): string[] {
  const absent = people.filter((one) => stands.everAway(one));
  const open = new Set([...all.keys()].filter((one) => !absent.some((who) => one.startsWith(who))));
  const got = new Set(
    needs.flatMap(({ who, about, state }) =>
      state === 'open' && !absent.some((one) => one === who) ? [`${who} ${about.id}`] : [],
    ),
  );
  return [
    ...[...got].filter((one) => !open.has(one)).map((one) => `${one} is open, and nobody needs it any more.`),
    ...[...open].filter((one) => !got.has(one)).map((one) => `${one} is not open, and is needed.`),
  ];
}

/** Unless it was put off, or was not told after all: then it is told again. */
function once(told: readonly Told[]): string[] {
  const seen = new Set<string>();
  return told.flatMap(({ person, need, round, surface, again }) => {
    const at = `${person} ${need} round ${round}`;
    if (seen.has(at) && !again) return [`${at} is told twice, the second time by ${surface}.`];
    seen.add(at);
    return [];
  });
}

/** Whoever can be reached in the end was told of each open item of theirs, or their deputy was; and it arrived. */
function neverTold(evidence: Evidence): string[] {
  const { needs, cast, stands, told, people, now, data } = evidence;
  return needs.flatMap((need) => {
    const { id, state, who, round, live, reason, by } = need;
    if (state !== 'open') return [];
    const raisedAt = stands.placeOf(`${cast.pod}:${round}`);
    const owners = people.filter((one) => one !== by && stands.ownerSince(one, raisedAt));
    return (who === 'owners' ? owners : [who]).flatMap((person) => {
      if (!stands.reachableAtEnd(person)) return [];
      const reminder = need.again && wasPutOff(data, hearingId(person, id));
      const theirs = told.filter(
        (one) => one.need === id && (one.round === round || reminder) && one.person === person,
      );
      const said = `${person} is never told of ${id}, round ${round} (${reason})`;
      const last = theirs.at(-1);
      if (last ? arrivedAt(evidence, last) : live) return [];
      const away = stands.awayAtEnd(person, now);
      if (!away) return [last ? `${said}: ${carrierOf(last)} did not arrive (${last.surface}).` : `${said}.`];
      const { deputy } = away;
      if (who === 'owners' || !deputy || !stands.alwaysReachable(deputy) || stands.everAway(deputy)) return [];
      const heard = told.some((one) => one.need === id && one.round === round && one.person === deputy);
      // A deputy whom the same message asks hears of it once, as their own.
      const asked = needs.some((one) => one.who === deputy && isSame(one, need));
      return heard || asked || deputy === by ? [] : [`${said}, nor is ${deputy} in their place.`];
    });
  });
}

const isSame = (one: NeedDoc, { about, message }: NeedDoc) =>
  one.about.on === about.on && one.about.id === about.id && one.message === message && one.state !== 'withdrawn';

/** Nothing waits for those who are told of a step, so nobody else hears of it, nor they again once they were out of reach. */
function newsNeverTold(evidence: Evidence): string[] {
  const { needs, stands, told, now } = evidence;
  return needs.flatMap((need) => {
    const { id, state, who, round, step } = need;
    if (state !== 'news' || !stands.alwaysReachable(who) || stands.awayAtEnd(who, now)) return [];
    const last = told.findLast((one) => one.need === id && one.round === round && one.person === who);
    // A notice that had to wait is not sent any more once they have read of it.
    return (last && arrivedAt(evidence, last)) || readsOfEnd(evidence, need)
      ? []
      : [`${who} is never told of ${id}, round ${round} (${step}).`];
  });
}
