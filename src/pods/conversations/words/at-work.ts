// The agents that are at work in a conversation, and the newest word that each of them has to hear before its next effect
// (docs/architecture.md, “Fresh ears”). Pure.
import type { Ears } from '../../../log/ears.ts';
import type { AgentId } from '../../../log/participant.ts';

/** An agent with a run that is not over, or whose last run a person stopped. */
export interface AtWork {
  agent: AgentId;
  /** The commit that woke the agent. Absent: its run was stopped. */
  since?: number;
  /** The newest commit by which a person said or did something that the run has to hear. It never falls. */
  word?: number;
  /** The newest of these that is meant for this agent: it names the agent, or concerns its work. */
  meant?: number;
  /** The newest commit that stopped the agent here. Runs that an older commit woke have no effect any more. */
  stopped?: number;
}

/** The entry of an agent that is at work now. */
export function atWorkIn(list: readonly AtWork[] | undefined, agent: string): AtWork | undefined {
  return list?.find((one) => one.agent === agent && one.since !== undefined);
}

/** The agents of these that are not at work yet. */
export function idle(list: readonly AtWork[] | undefined, agents: readonly AgentId[]): AgentId[] {
  return agents.filter((agent) => !atWorkIn(list, agent));
}

/** The commit that wakes an agent is its first word: a run that an older one woke must not end this one unheard. */
export function opened(list: readonly AtWork[] = [], agents: readonly AgentId[], seq: number): AtWork[] {
  const others = list.filter(({ agent }) => !agents.includes(agent));
  const before = (agent: AgentId) => list.find((one) => one.agent === agent);
  return [...others, ...agents.map((agent) => ({ ...before(agent), agent, since: seq, word: seq, meant: seq }))];
}

/** A person's commit is a word for those `agents` that are at work here. `meant`: the word is meant for this agent. */
export function withWord(
  list: readonly AtWork[] | undefined,
  { agents, meant }: { agents(agent: AgentId): boolean; meant(agent: AgentId): boolean },
  seq: number,
): AtWork[] | undefined {
  return list?.map((one) => {
    if (one.since === undefined || !agents(one.agent)) return one;
    return { ...one, word: seq, ...(meant(one.agent) ? { meant: seq } : {}) };
  });
}

/** The run is over. What stopped an earlier one stays: a process may still be at work on that. */
export function ended(list: readonly AtWork[] = [], agent: AgentId): AtWork[] {
  return list.flatMap((one) => {
    if (one.agent !== agent) return [one];
    return one.stopped === undefined ? [] : [{ agent, stopped: one.stopped }];
  });
}

export function stoppedAt(list: readonly AtWork[] = [], agent: AgentId, seq: number): AtWork[] {
  return [...list.filter((one) => one.agent !== agent), { agent, stopped: seq }];
}

/** The newest word that holds back an effect of the run; undefined if it has heard everything. */
export function unheard(
  at: AtWork | undefined,
  { upTo, meantOnly }: Pick<Ears, 'upTo' | 'meantOnly'>,
): number | undefined {
  const newest = meantOnly ? at?.meant : at?.word;
  return newest !== undefined && newest > upTo ? newest : undefined;
}
