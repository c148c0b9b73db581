// Checks when people are told: in their hours, at most four messages a day, not while they are away, and not before the time to which
// they put something off.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { PersonId } from '../../../../../src/log/participant.ts';
import { localDay } from '../../../../../src/pods/local-time.ts';
import { DEFAULT_HOURS, MOST_A_DAY, withinHours } from '../../../../../src/pods/telling/hours.ts';
import type { Evidence } from './check.ts';
import { changesOf } from './replay.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The clocks of the processes differ by less. */
const SKEW_MS = 5 * MINUTE_MS;

export function measureFaults(evidence: Evidence): string[] {
  return evidence.own.flatMap(({ person, commits }) => [
    ...inMeasure(evidence, person, commits),
    ...whileAway(evidence, person, commits),
    ...putOff(evidence, person, commits),
  ]);
}

const sendsIn = (commits: readonly Commit[]) =>
  commits.filter(({ deliveries }) => deliveries.some(({ kind }) => kind === 'notice'));

/** What is needed before their next hours may come outside of them; what is needed within the hour counts for no day. */
function inMeasure(evidence: Evidence, person: PersonId, commits: readonly Commit[]): string[] {
  const sends = sendsIn(commits).map(({ id, at, deliveries }) => ({
    id,
    at,
    first: firstNeeded(evidence, deliveries),
  }));
  const days = new Map<string, number>();
  for (const { at, first } of sends)
    if (first > at + HOUR_MS) days.set(localDay('UTC', at), (days.get(localDay('UTC', at)) ?? 0) + 1);
  return [
    ...sends
      // Decided a moment before it is dated, and the clock moves on by two minutes at a step.
      .filter(({ at, first }) =>
        [at, at - 3 * MINUTE_MS].every((time) => {
          const begins = withinHours(time, DEFAULT_HOURS);
          return begins !== time && first > begins;
        }),
      )
      .map(({ id, at }) => `${id} tells ${person} outside their hours, at ${new Date(at).toISOString()}.`),
    ...[...days]
      .filter(([, count]) => count > MOST_A_DAY)
      .map(([day, count]) => `${person} gets ${count} messages on ${day}.`),
  ];
}

/** The earliest time by which an item of the notice is needed. */
function firstNeeded({ log }: Evidence, deliveries: Commit['deliveries']): number {
  const items = deliveries.flatMap((one) => (one as unknown as { items?: { need: string }[] }).items ?? []);
  const times = log
    .flatMap(changesOf)
    .filter(({ type, id }) => type === 'need_opened' && items.some(({ need }) => need === id))
    .map(({ neededBy = Number.POSITIVE_INFINITY }) => Number(neededBy));
  return Math.min(...times, Number.POSITIVE_INFINITY);
}

function whileAway({ stands }: Evidence, person: PersonId, commits: readonly Commit[]): string[] {
  return sendsIn(commits).flatMap(({ id, at }) => {
    const place = stands.placeOf(id);
    const last = stands.absences(person).findLast(({ entered }) => entered < place);
    const away = last?.value && last.value.until > at + SKEW_MS;
    return last && away && last.at < at - SKEW_MS ? [`${id} tells ${person}, who is away.`] : [];
  });
}

/** Told again once the time has come, not before; unless it is raised anew. */
function putOff({ stands, needs, now }: Evidence, person: PersonId, commits: readonly Commit[]): string[] {
  const until = new Map<string, number>();
  const faults: string[] = [];
  for (const commit of commits)
    for (const { id, type, ...change } of changesOf(commit)) {
      if (type === 'hearing_put_off') until.set(id, Number(change.until));
      const time = until.get(id);
      if (type === 'need_told' && time && commit.at < time - SKEW_MS)
        faults.push(`${commit.id} tells ${person} of what they put off.`);
      if (['need_heard', 'need_told', 'hearing_dropped'].includes(type)) until.delete(id);
    }
  for (const [hearing, time] of until) {
    const put = commits.flatMap(changesOf).findLast(({ id, type }) => id === hearing && type === 'hearing_put_off');
    const open = needs.some(({ id, state }) => id === put?.need && state === 'open');
    if (open && time < now - SKEW_MS && stands.reachableAtEnd(person) && !stands.awayAtEnd(person, now))
      faults.push(`${person} put ${put?.need} off, and is not told of it again.`);
  }
  return faults;
}
