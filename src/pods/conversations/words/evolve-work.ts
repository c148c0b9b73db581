// How the list of agents at work in a conversation changes. Pure.
import { type AgentId, isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import type { Meta } from '../../../log/view.ts';
import type { AtWork } from './at-work.ts';
import { type FirstWish, type Instruction, inConflict } from './instructions.ts';
import { calledAgain, stoppedAt } from './stops.ts';
import { handedBack, paused, resumed, taken } from './withheld.ts';

export type WorkChange =
  /** `holds`: only a person's word wakes the agent. Absent in logs of earlier versions. `line`: the message that says who stopped it. */
  | { type: 'run_stopped'; agent: AgentId; holds?: true; line?: string }
  /**
   * These agents were woken, and were not at work. `wish`: the message with which a person woke them. `wishes`: what people have
   * wanted since its last run, where an agent opens its run itself.
   */
  | { type: 'run_opened'; agents: AgentId[]; wish?: string; wishes?: FirstWish[] }
  /** `waits`: it goes on with the answer to a question, in the same run. Absent in logs of earlier versions. */
  | { type: 'run_ended'; agent: AgentId; waits?: true }
  /** A person has changed something that these agents, which are at work, have to hear first. */
  | { type: 'word_said'; agents: AgentId[]; did: string }
  /** `line`: the message that says in the thread what a person did. */
  | { type: 'run_paused'; agent: AgentId; line: string }
  /** The person's own pause is lifted. `all`: those of others too. */
  | { type: 'run_resumed'; agent: AgentId; all?: true; line: string }
  | { type: 'work_taken'; agent: AgentId; line: string }
  | { type: 'work_handed_back'; agent: AgentId; line?: string };

export function evolveWork(list: readonly AtWork[] = [], change: WorkChange, { seq, at, actor }: Meta): AtWork[] {
  const did = { by: actor as PersonId, at, seq };
  switch (change.type) {
    case 'run_stopped':
      return stoppedAt(list, change.agent, {
        seq,
        personOnly: change.holds === true,
        ...(change.line ? { line: change.line } : {}),
      });
    case 'run_opened':
      return opened(list, change.agents, seq);
    case 'run_ended':
      return ended(list, change.agent, { seq, waits: change.waits === true });
    case 'word_said': {
      const concerned = (agent: AgentId) => change.agents.includes(agent);
      return withWord(list, { agents: concerned, meant: concerned }, seq);
    }
    case 'run_paused':
      return paused(list, change.agent, { ...did, line: change.line });
    case 'run_resumed':
      return resumed(list, change.agent, { ...did, all: change.all === true, line: change.line });
    case 'work_taken':
      return taken(list, change.agent, { ...did, line: change.line });
    case 'work_handed_back':
      return handedBack(list, change.agent, { ...did, ...(change.line ? { line: change.line } : {}) });
    default:
      change satisfies never;
      return [...list];
  }
}

/** A person's message is a word for the agents at work, unless it names only others, or stops them. */
export function workAfterMessage(
  list: readonly AtWork[] = [],
  { by, addressed, names, stops }: { by: ParticipantId; addressed: AgentId[]; names?: true; stops?: true },
  seq: number,
): AtWork[] {
  if (!isPerson(by)) return [...list];
  if (stops) return addressed.reduce((all, agent) => stoppedAt(all, agent, { seq, personOnly: true }), [...list]);
  const meant = (agent: AgentId) => addressed.includes(agent);
  return withWord(calledAgain(list, addressed), { agents: (agent) => !names || meant(agent), meant }, seq);
}

/** The commit that wakes an agent is its first word: a run that an older one woke must not end this one unheard. */
function opened(list: readonly AtWork[], agents: readonly AgentId[], seq: number): AtWork[] {
  const others = list.filter(({ agent }) => !agents.includes(agent));
  const before = (agent: AgentId) => afterStop(list.find((one) => one.agent === agent));
  return [...others, ...agents.map((agent) => ({ ...before(agent), agent, since: seq, word: seq, meant: seq }))];
}

/** A stop ends everything that was wanted before it: it begins again only where a person says so. */
function afterStop(before: AtWork | undefined): AtWork | undefined {
  if (!before?.instructions) return before;
  const { instructions, stopped = 0, ...rest } = before;
  return withInstructions(
    { ...rest, ...(stopped ? { stopped } : {}) },
    instructions.filter(({ seq }) => seq > stopped),
  );
}

function withInstructions(one: AtWork, instructions: Instruction[]): AtWork {
  return instructions.length ? { ...one, instructions } : one;
}

/**
 * A person's commit is a word for those `agents` that are at work here, and for those whose run is over: a process may begin it again
 * after a crash, or have lost its lease. `meant`: the word is meant for this agent.
 */
function withWord(
  list: readonly AtWork[],
  { agents, meant }: { agents(agent: AgentId): boolean; meant(agent: AgentId): boolean },
  seq: number,
): AtWork[] {
  return list.map((one) => {
    const hasRun = one.since !== undefined || one.ended !== undefined;
    if (!hasRun || !agents(one.agent)) return one;
    return { ...one, word: seq, ...(meant(one.agent) ? { meant: seq } : {}) };
  });
}

/** The run is over. Its end and what stopped an earlier one stay, for a process may still be at work on them; so do pauses. */
function ended(list: readonly AtWork[], agent: AgentId, { seq, waits }: { seq: number; waits: boolean }): AtWork[] {
  return list.map((one) => {
    if (one.agent !== agent) return one;
    const { since: _since, word: _word, meant: _meant, steps, instructions, ...more } = one;
    // The list outlives a run that ends to wait for it.
    const rest = steps && !steps.over ? { ...more, steps } : more;
    // Two wishes that do not fit together lock the next run too, until people have decided. A run that waits goes on with all.
    return withInstructions({ ...rest, ended: seq }, waits ? [...(instructions ?? [])] : inConflict(instructions));
  });
}
