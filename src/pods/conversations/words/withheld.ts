// Agents that people have paused, or whose work a person has taken over: they have no effect until it is lifted. Pure.
import type { AgentId, PersonId } from '../../../log/participant.ts';
import type { AtWork, Pause } from './at-work.ts';

export interface Withheld {
  how: 'paused' | 'taken';
  /** Those who have to lift it, the earliest first. */
  by: PersonId[];
  /** The time since which it is so, in milliseconds since 1970. */
  since: number;
  /** The numbers of the newest and of the first commit that made it so. */
  seq: number;
  first: number;
}

/** How the agent is withheld here; undefined if it may work. */
export function withheldIn(list: readonly AtWork[] | undefined, agent: string): Withheld | undefined {
  const { taken, pauses } = list?.find((one) => one.agent === agent) ?? {};
  if (taken) return { how: 'taken', by: [taken.by], since: taken.at, seq: taken.seq, first: taken.seq };
  const stand = openPauses(pauses);
  const [first] = stand;
  if (!first) return undefined;
  return {
    how: 'paused',
    by: stand.map(({ by }) => by),
    since: first.at,
    seq: Math.max(...stand.map(({ seq }) => seq)),
    first: Math.min(...stand.map(({ seq }) => seq)),
  };
}

export function openPauses(pauses: readonly Pause[] = []): Pause[] {
  return pauses.filter(({ lifted }) => !lifted);
}

interface Did {
  by: PersonId;
  at: number;
  seq: number;
  /** The message that says so in the thread. */
  line?: string;
}

export function paused(list: readonly AtWork[], agent: AgentId, { by, at, seq, line }: Did): AtWork[] {
  return changed(list, agent, line, (one) => ({
    ...one,
    pauses: [...(one.pauses ?? []).filter((pause) => pause.by !== by), { by, at, seq }],
  }));
}

/** `all`: an owner lifts the pauses of others too. */
export function resumed(list: readonly AtWork[], agent: AgentId, { by, all, line }: Did & { all: boolean }): AtWork[] {
  return changed(list, agent, line, ({ pauses = [], ...rest }) => {
    const next = pauses.map((pause) => (all || pause.by === by ? { ...pause, lifted: true as const } : pause));
    return openPauses(next).length ? { ...rest, pauses: next } : rest;
  });
}

export function taken(list: readonly AtWork[], agent: AgentId, { by, at, seq, line }: Did): AtWork[] {
  return changed(list, agent, line, (one) => ({ ...one, taken: { by, at, seq } }));
}

/** The plans of the agent are older than the work of the person, so it hears of that before its next effect. */
export function handedBack(list: readonly AtWork[], agent: AgentId, { seq, line }: Did): AtWork[] {
  return changed(list, agent, line, ({ taken: _taken, ...rest }) =>
    rest.since === undefined ? rest : { ...rest, word: seq, meant: seq },
  );
}

/** Changes the entry of the agent, and leaves none out of which nothing follows. */
function changed(
  list: readonly AtWork[],
  agent: AgentId,
  line: string | undefined,
  make: (one: AtWork) => AtWork,
): AtWork[] {
  const { line: before, ...one } = list.find((each) => each.agent === agent) ?? { agent };
  const next = make(one);
  const shown = line ?? before;
  const kept = withheldIn([next], agent) && shown ? { ...next, line: shown } : next;
  const others = list.filter((each) => each.agent !== agent);
  return Object.keys(kept).length > 1 ? [...others, kept] : others;
}
