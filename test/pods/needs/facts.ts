// Facts of a history, read from its logs: what was asked of whom, and what they were told.
import type { Commit } from '../../../src/log/commit.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../../src/log/participant.ts';
import type { MessageDoc } from '../../../src/pods/conversations/message.ts';
import type { NeedDoc } from '../../../src/pods/needs/need.ts';
import type { TaskDoc } from '../../../src/pods/tasks/task.ts';
import type { Surface } from '../../../src/pods/telling/hearing.ts';
import type { MemoryData } from '../../store/memory.ts';

export interface Raised {
  id: string;
  who: ParticipantId;
  about: { on: string; id: string };
  message?: string;
}

export interface Told {
  person: PersonId;
  need: string;
  round: number;
  surface: Surface;
  at: number;
}

interface AnyOf {
  on: string;
  id: string;
  type: string;
  [field: string]: unknown;
}

const changesOf = (commit: Commit) => commit.changes as unknown as readonly AnyOf[];

/** The people who are named for the first time in a message, or given a task, by somebody else: `<who> <subject>`. */
export function deserved(commit: Commit): Set<string> {
  const wanted = new Set<string>();
  const served = [commit.actor, commit.onBehalfOf];
  const raised = changesOf(commit).filter(({ type }) => type === 'need_opened');
  for (const change of changesOf(commit)) {
    if (change.type === 'message_posted')
      for (const who of (change.mentions as PersonId[] | undefined) ?? []) wanted.add(`${who} ${change.conversation}`);
    const given = change.type === 'task_created' || change.type === 'task_assigned';
    const assignee = change.assignee as ParticipantId | undefined;
    if (given && assignee && isPerson(assignee) && !served.includes(assignee)) wanted.add(`${assignee} ${change.id}`);
    // The items of whoever leaves are the owners', and come back with them.
    for (const { about } of (change.passes ?? []) as Raised[]) wanted.add(`owners ${about.id}`);
    for (const { about } of (change.back ?? []) as Raised[]) wanted.add(`${change.who} ${about.id}`);
    // Their document says who it is, and these rules do not read it; only that nobody hears of their own act.
    if (['message_edited', 'task_moved', 'task_updated'].includes(change.type))
      for (const { who, about } of raised as unknown as Raised[]) {
        const own = who === commit.actor || (change.on === 'tasks' && served.includes(who));
        if (!own) wanted.add(`${who} ${about.id}`);
      }
  }
  return wanted;
}

/** All tellings in a person's own log, each with the round that it is about. */
export function toldIn(person: PersonId, commits: readonly Commit[]): Told[] {
  const heard = new Map<string, { need: string; round: number }>();
  const told: Told[] = [];
  for (const commit of commits)
    for (const change of changesOf(commit)) {
      if (change.type === 'need_heard')
        heard.set(change.id, { need: String(change.need), round: Number(change.round) });
      const known = heard.get(change.id);
      if (change.type === 'need_told' && known)
        told.push({ person, ...known, surface: change.surface as Surface, at: commit.at });
    }
  return told;
}

/** How items and memberships stood after each commit of the pod. */
export function standsOf(log: readonly Commit[]) {
  const open = new Map<string, boolean[]>();
  const raised = new Map<string, number>();
  const here = new Map<string, boolean[]>();
  const put = (map: Map<string, boolean[]>, id: string, seq: number, value: boolean) => {
    const all = map.get(id) ?? [];
    const last = all.at(-1) ?? false;
    while (all.length < seq) all.push(last);
    all[seq] = value;
    map.set(id, all);
  };
  for (const commit of log)
    for (const change of changesOf(commit)) {
      if (change.type === 'need_opened') raised.set(change.id, (raised.get(change.id) ?? 0) + 1);
      if (change.on === 'needs') put(open, change.id, commit.seq, change.type === 'need_opened');
      if (change.type === 'member_added') put(here, change.id, commit.seq, true);
      if (change.type === 'member_removed') put(here, change.id, commit.seq, false);
    }
  const at = (all: readonly boolean[] = [], seq: number) => all[Math.min(seq, all.length - 1)] ?? false;
  const some = (all: readonly boolean[] | undefined, from: number, until: number) => {
    for (let seq = from; seq <= until; seq++) if (at(all, seq)) return true;
    return false;
  };
  const first = (all: readonly boolean[]) => all.indexOf(true);
  return {
    openAtEnd: (need: string) => at(open.get(need), log.length),
    someOpen: (need: string, from: number, until: number) => some(open.get(need), from, until),
    inAtEnd: (member: string) => at(here.get(member), log.length),
    someIn: (member: string, from: number, until: number) => some(here.get(member), from, until),
    alwaysIn: (member: string) => {
      const all = here.get(member) ?? [];
      return all.slice(first(all)).every(Boolean);
    },
    raisedAgain: (need: string) => (raised.get(need) ?? 0) > 1,
    tokenOf,
  };
}

/** The words of an item that are found again in what was sent. Undefined where its words may have changed since. */
function tokenOf(need: NeedDoc, _log: readonly Commit[], { docs, bodies }: MemoryData): string | undefined {
  if (need.about.on === 'tasks') {
    const task = docs.get('tasks')?.get(need.about.id) as TaskDoc | undefined;
    return task && bodies.get(task.titleRef)?.text;
  }
  const message = need.message ? (docs.get('messages')?.get(need.message) as MessageDoc | undefined) : undefined;
  const words = message?.body ? bodies.get(message.body)?.text : undefined;
  return words && /M\d+\./.exec(words)?.[0];
}
