// Checks a moment at which nothing is under way: what waits is due at the right time.
import type { PersonId } from '../../../../../src/log/participant.ts';
import { MEMBERS, type MemberDoc, memberId } from '../../../../../src/pods/members/member.ts';
import { NEEDS, type NeedDoc } from '../../../../../src/pods/needs/need.ts';
import { PEOPLE, type PersonDoc } from '../../../../../src/pods/people/person.ts';
import { PODS, type PodDoc } from '../../../../../src/pods/pod/pod.ts';
import { awayAt, PREFERENCES, type PreferenceDoc } from '../../../../../src/pods/preferences/preference.ts';
import { HEARINGS, type HearingDoc, hearingId } from '../../../../../src/pods/telling/hearing.ts';
import { DEFAULT_HOURS, MOST_A_DAY, TOGETHER_MS, withinHours } from '../../../../../src/pods/telling/hours.ts';
import { TELLINGS, type TellingDoc } from '../../../../../src/pods/telling/telling.ts';
import type { MemoryData } from '../../../../store/memory.ts';
import { wasPutOff } from './commits.ts';

const DAY_MS = 86_400_000;
/** The clocks of the processes differ, and the look takes a second. */
const TOLERANCE_MS = 5 * 60_000;
/** The digest of the next day comes first, and tells what waits. */
const DIGEST_MS = 2 * 3_600_000;

export function faultsAt({ docs }: MemoryData, now: number): string[] {
  const view = <D>(name: string) => (docs.get(name) ?? new Map()) as unknown as ReadonlyMap<string, D>;
  const faults: string[] = [];
  for (const item of view<NeedDoc>(NEEDS.name).values()) {
    const { id, pod, who, state, live, round, at } = item;
    const member = view<MemberDoc>(MEMBERS.name).get(memberId(pod, who as MemberDoc['who']));
    const there = view<PersonDoc>(PEOPLE.name).get(who)?.state === 'in' && member?.state === 'in';
    const away = awayAt(view<PreferenceDoc>(PREFERENCES.name).get(who), now);
    if (
      !(state === 'open' || state === 'news') ||
      live ||
      !there ||
      view<PodDoc>(PODS.name).get(pod)?.state === 'archived'
    )
      continue;
    const hearing = view<HearingDoc>(HEARINGS.name).get(hearingId(who as PersonId, id));
    const said = `${who} ${id} round ${round}`;
    const reminder = item.again && hearing && wasPutOff({ docs }, hearing.id);
    if (!hearing || (hearing.round !== round && !reminder)) faults.push(`${said} is open, and was not heard of.`);
    // News of a step that came while they were out of reach does not come again.
    if (hearing?.state === 'dropped' && state === 'open') faults.push(`${said} is open, and its telling was dropped.`);
    if (hearing?.state === 'put_off' && Number(hearing.until) < now - TOLERANCE_MS)
      faults.push(`${said} was put off until ${hearing.until}, and does not come back.`);
    if (hearing?.state !== 'waiting' || away) continue;
    const telling = view<TellingDoc>(TELLINGS.name).get(who);
    if (telling?.dueAt === undefined) faults.push(`${said} waits, and nothing is due.`);
    else if (telling.dueAt > latest(telling, Math.max(at, hearing.at), now))
      faults.push(`${said} waits until ${new Date(telling.dueAt).toISOString()}, which is too late.`);
    else if (telling.dueAt < now - TOLERANCE_MS) faults.push(`${said} was due at ${telling.dueAt}, and is not told.`);
  }
  return faults;
}

/** Their next hour after what comes together; the next day once they had the messages of a day. */
function latest({ sent, day }: TellingDoc, at: number, now: number): number {
  // It may have fallen due while no process ran.
  const resumed = withinHours(now, DEFAULT_HOURS);
  const soon = withinHours(at + TOGETHER_MS.email + TOLERANCE_MS, DEFAULT_HOURS) + TOLERANCE_MS;
  const next = withinHours(Date.parse(`${day || '1970-01-01'}T00:00Z`) + DAY_MS, DEFAULT_HOURS) + DIGEST_MS;
  return sent >= MOST_A_DAY ? Math.max(soon, next, resumed) : Math.max(soon, resumed);
}
