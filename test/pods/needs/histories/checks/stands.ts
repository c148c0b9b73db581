// How items, members, pods and people stood after each commit of all logs, in the order in which the commits were made.
import type { Commit } from '../../../../../src/log/commit.ts';
import type { PersonId } from '../../../../../src/log/participant.ts';
import { commitsIn, type MemoryCommits } from './commits.ts';
import { changesOf } from './replay.ts';

export interface Away {
  until: number;
  deputy?: PersonId | undefined;
}

/** A value that changes with time. Times are numbers of commits. */
class Course<T> {
  readonly steps: { from: number; value: T }[];

  constructor(first: T) {
    this.steps = [{ from: 0, value: first }];
  }

  set(from: number, value: T): void {
    this.steps.push({ from, value });
  }

  /** All values that it had in this time. */
  during(from: number, until: number): T[] {
    const first = this.steps.findLastIndex((step) => step.from <= from);
    return this.steps
      .slice(Math.max(first, 0))
      .filter((step) => step.from <= until)
      .map(({ value }) => value);
  }

  get last(): T {
    return (this.steps.at(-1) as { value: T }).value;
  }
}

export type Stands = ReturnType<typeof standsOf>;

export function standsOf(data: MemoryCommits, pod: string) {
  const all = commitsIn(data);
  const open = new Map<string, Course<boolean>>();
  const raised = new Map<string, number[]>();
  const here = new Map<string, Course<boolean>>();
  const owns = new Map<string, Course<boolean>>();
  const employed = new Map<string, Course<boolean>>();
  const away = new Map<string, Course<Away | undefined>>();
  const active = new Course(true);
  const of = <T>(map: Map<string, Course<T>>, id: string, first: T) => {
    const course = map.get(id) ?? new Course(first);
    map.set(id, course);
    return course;
  };
  all.forEach((commit: Commit, n) => {
    for (const change of changesOf(commit)) {
      const { id, type } = change;
      const who = id.slice(id.indexOf('/') + 1);
      if (change.on === 'people')
        of(employed, id, false).set(n + 1, (change.facts as { state: string }).state === 'in');
      if (type === 'away_ended') of(away, id, undefined).set(n + 1, undefined);
      if (type === 'away_set') {
        const { until = Number.POSITIVE_INFINITY, deputy } = change as unknown as Partial<Away>;
        of(away, id, undefined).set(n + 1, { until, deputy });
      }
      if (commit.pod !== pod) continue;
      if (type === 'need_opened') raised.set(id, [...(raised.get(id) ?? []), commit.seq]);
      if (change.on === 'needs') of(open, id, false).set(n + 1, type === 'need_opened');
      if (type === 'member_added') of(here, who, false).set(n + 1, true);
      if (type === 'member_removed') of(here, who, false).set(n + 1, false);
      if (type === 'member_added' || type === 'role_changed') of(owns, who, false).set(n + 1, change.role === 'owner');
      if (type === 'pod_archived' || type === 'pod_restored') active.set(n + 1, type === 'pod_restored');
    }
  });
  const end = all.length;
  const once = (course: Course<boolean> | undefined, from: number, until: number) =>
    course?.during(from, until).includes(true) ?? false;
  /** From the first time on. */
  const always = (course: Course<boolean> | undefined) =>
    course?.steps.slice(course.steps.findIndex(({ value }) => value)).every(({ value }) => value) ?? false;
  const since = (course: Course<boolean> | undefined, from: number) =>
    course?.during(from, end).every(Boolean) ?? false;
  return {
    end,
    openAtEnd: (need: string) => open.get(need)?.last ?? false,
    someOpen: (need: string, from: number, until: number) => once(open.get(need), from, until),
    raisedAgain: (need: string) => (raised.get(need)?.length ?? 0) > 1,
    /** A person of the organisation, in the pod, which may be archived. */
    there: (who: string, from: number, until: number) =>
      once(here.get(who), from, until) && once(employed.get(who), from, until),
    /** A person of the organisation, in the pod, while it is active. */
    reachable: (who: string, from: number, until: number) =>
      once(here.get(who), from, until) && once(employed.get(who), from, until) && once(active, from, until),
    reachableAtEnd: (who: string) => Boolean(here.get(who)?.last && employed.get(who)?.last && active.last),
    /** True if the pod was archived at any time between these. */
    archivedIn: (from: number, until: number) => active.during(from, until).includes(false),
    alwaysReachable: (who: string) => always(here.get(who)) && always(employed.get(who)) && always(active),
    owner: (who: string) => owns.get(who)?.last ?? false,
    ownerSince: (who: string, from: number) => since(owns.get(who), from),
    ownerOnce: (who: string) => once(owns.get(who), 0, end),
    awayAtEnd: (who: string, at: number) => {
      const last = away.get(who)?.last;
      return last && last.until > at ? last : undefined;
    },
    /** The absences that were entered so far, the newest last, each with its commit. */
    absences: (who: string) =>
      (away.get(who)?.steps ?? []).map(({ from, value }) => ({ entered: from, at: all[from - 1]?.at ?? 0, value })),
    everAway: (who: string) => (away.get(who)?.steps.length ?? 0) > 1,
    /** The number of a commit among all. */
    placeOf: (id: string) => all.findIndex((commit) => commit.id === id) + 1,
  };
}
