// The agents that are at work in a conversation, and the newest word that each of them has to hear before its next effect
// (docs/architecture.md, “Fresh ears”). Pure. How the list changes: evolve-work.ts.
import type { Ears } from '../../../log/ears.ts';
import type { AgentId, PersonId } from '../../../log/participant.ts';
import type { Instruction } from './instructions.ts';
import type { Steps } from './steps.ts';

/** A pause by one person. It is lifted when they let the agent go on, while the pauses of others may still stand. */
export interface Pause {
  by: PersonId;
  at: number;
  seq: number;
  lifted?: true;
}

/** An agent that has had a run here. People may have stopped, paused or taken over its work. */
export interface AtWork {
  agent: AgentId;
  /** The commit that woke the agent. Absent: no run of it is open. */
  since?: number;
  /** The newest commit by which a person said or did something that the run has to hear, also after its end. It never falls. */
  word?: number;
  /** The newest of these that is meant for this agent: it names the agent, or concerns its work. */
  meant?: number;
  /** The newest commit that ended a run of the agent here. A process that lost its lease may not know of it, and be at work still. */
  ended?: number;
  /** The newest commit that stopped the agent here. Runs that an older commit woke have no effect any more. */
  stopped?: number;
  /** Set from a stop until a person calls the agent again. Until then nothing else wakes it. */
  personOnly?: true;
  /** One for each person who paused the agent here. It goes on when none of them stands any more. */
  pauses?: Pause[];
  /** Set while a person has taken the work over. `seq`: the number of their commit. */
  taken?: { by: PersonId; at: number; seq: number };
  /** The newest message that says in the thread who controls the agent. Its buttons follow what is so now. */
  line?: string;
  /** The wishes of people for the run. */
  instructions?: Instruction[];
  /** The calls of its run that need the yes of people who go with every step. */
  steps?: Steps;
}

/** The entry of an agent that is at work now. */
export function atWorkIn(list: readonly AtWork[] | undefined, agent: string): AtWork | undefined {
  return list?.find((one) => one.agent === agent && one.since !== undefined);
}

/** The agents at work that have to hear a person's message: all, or with `names` those that it addresses. */
export function hearersOf(
  list: readonly AtWork[] | undefined,
  { addressed, names }: { addressed: readonly AgentId[]; names?: boolean | undefined },
): AgentId[] {
  return (list ?? []).flatMap(({ agent, since }) =>
    since !== undefined && (!names || addressed.includes(agent)) ? [agent] : [],
  );
}

/** The agents of these that are not at work yet. */
export function idle(list: readonly AtWork[] | undefined, agents: readonly AgentId[]): AgentId[] {
  return agents.filter((agent) => !atWorkIn(list, agent));
}

/** True if a person stopped the agent, and no person has called it since. */
export function isStopped(list: readonly AtWork[] | undefined, agent: string): boolean {
  return list?.some((one) => one.agent === agent && one.personOnly) === true;
}

/**
 * The newest commit that holds back an effect of the run; undefined if it has heard everything. That is a word, or the end of
 * the run: whoever has not heard of the end goes by a transcript that others have finished.
 */
export function unheard(
  at: AtWork | undefined,
  { upTo, meantOnly }: Pick<Ears, 'upTo' | 'meantOnly'>,
): number | undefined {
  const word = meantOnly ? at?.meant : at?.word;
  const newest = Math.max(word ?? 0, at?.ended ?? 0);
  return newest > upTo ? newest : undefined;
}
