// Describes a run in sentences: its state, its outcome and its steps. Pure. Skein writes the words, except for names
// and a member's title.
import type { Commit } from '../../log/commit.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { isStanding } from '../conversations/words/instructions.ts';
import type { Withheld } from '../conversations/words/withheld.ts';
import { called } from '../people/directory.ts';
import { minute } from '../require.ts';
import type { Ending, RunDoc, RunStep } from './run.ts';
import { type ShownInstruction, shownInstruction, type ToldInstruction } from './steering/shown-instructions.ts';

/** A run, with the documents that its sentence needs. */
export interface RunFacts {
  run: RunDoc;
  /** The commits that woke and stopped it. */
  woke?: Commit | undefined;
  stopped?: Commit | undefined;
  title?: string | undefined;
  /** Set if people have paused it, or a person has taken its work over. */
  withheld?: Withheld | undefined;
  /** The wishes of people for it, the oldest first. */
  instructions?: readonly ToldInstruction[] | undefined;
}

type NamesById = ReadonlyMap<ParticipantId, Named>;

/** A run in the result of list_runs. */
export interface ShownRun {
  id: string;
  agent: string;
  conversation: string;
  title?: string;
  state: Exclude<RunDoc['state'], 'ended'> | Ending['as'] | 'ended';
  /** When the run began, in UTC, exact to the minute. */
  since: string;
  woken_by?: string;
  why?: 'message' | 'mail' | 'task' | 'retry';
  waits_for?: 'model' | 'service' | 'questions' | 'people';
  /** The people who have paused it, or who has taken its work over. */
  paused_by?: string[];
  taken_by?: string;
  /** How many messages of people it has to hear when it goes on. */
  messages_wait?: number;
  /** The questions for which the run waits, as `q3`. */
  questions?: string[];
  until?: string;
  ended?: string;
  steps: number;
  /** The tool that the run called last. */
  last?: string;
  tokens: number;
  message?: string;
  /** The wishes of people for it, the oldest first. */
  instructions?: ShownInstruction[];
  says: string;
}

export function shownRun(facts: RunFacts, names: NamesById): ShownRun {
  const { run, title, woke, instructions = [] } = facts;
  const { id, agent, conversation, state, at, endedAt, waits, ending, message, steps, turns, tokens } = run;
  const last = steps.at(-1)?.tools.at(-1);
  return {
    id,
    agent: called(names, agent).name,
    conversation,
    ...(title ? { title } : {}),
    state: state === 'ended' ? (ending?.as ?? state) : state,
    since: minute(at),
    ...(woke ? { woken_by: called(names, woke.actor).name, why: whyOf(woke) } : {}),
    ...(waits ? { waits_for: waits.for } : {}),
    ...(waits && 'until' in waits ? { until: minute(waits.until) } : {}),
    ...(waits && 'questions' in waits ? { questions: waits.questions } : {}),
    ...withheldFields(facts, names),
    ...(endedAt === undefined ? {} : { ended: minute(endedAt) }),
    steps: turns,
    ...(last ? { last } : {}),
    tokens,
    ...(message ? { message } : {}),
    ...(instructions.length ? { instructions: instructions.map((one) => shownInstruction(one, names)) } : {}),
    says: runWords(facts, names),
  };
}

/** How many messages of people it has to hear when it goes on. */
export function waitingMessages({ withheld, instructions = [] }: RunFacts): number {
  if (!withheld) return 0;
  return instructions.filter(({ one }) => one.seq > withheld.first && isStanding(one)).length;
}

function withheldFields(facts: RunFacts, names: NamesById): Pick<ShownRun, 'paused_by' | 'taken_by' | 'messages_wait'> {
  const { withheld } = facts;
  if (!withheld) return {};
  const by = withheld.by.map((one) => called(names, one).name);
  const wait = waitingMessages(facts);
  return {
    ...(withheld.how === 'paused' ? { paused_by: by } : { taken_by: by.join(', ') }),
    ...(wait ? { messages_wait: wait } : {}),
  };
}

function whyOf({ action, via }: Commit): NonNullable<ShownRun['why']> {
  if (action === 'retry_run') return 'retry';
  if (via === 'email') return 'mail';
  return action.endsWith('_task') ? 'task' : 'message';
}

/**
 * Returns a sentence such as “Scribe has been working since 2026-11-29T14:02Z in “Launch”, for Ada: 3 steps, last:
 * search_pod; 12,400 tokens”.
 */
export function runWords(facts: RunFacts, names: NamesById): string {
  const { run, title, woke } = facts;
  const where = title ? ` in “${title}”` : '';
  const whom = woke ? `, for ${called(names, woke.actor).name}` : '';
  return `${called(names, run.agent).name} ${doing(facts, names)}${where}${whom}: ${usedWords(run)}`;
}

function doing({ run, stopped, withheld }: RunFacts, names: NamesById): string {
  const { state, at, endedAt = at, waits, ending } = run;
  if (withheld && state !== 'ended') {
    const by = withheld.by.map((one) => called(names, one).name).join(', ');
    const how = withheld.how === 'paused' ? 'is paused' : 'has handed its work over';
    return `${how} since ${minute(withheld.since)} (${by})`;
  }
  if (state === 'working') return `has been working since ${minute(at)}`;
  if (waits?.for === 'questions') return `waits for ${waits.questions.join(', ')}`;
  if (waits?.for === 'people') return 'waits for people to let it go on';
  if (state === 'waiting') {
    const what = waits?.for === 'model' ? 'the model' : 'something that it needs';
    return `waits for ${what}${waits ? ` and tries again at ${minute(waits.until)}` : ''}`;
  }
  const when = ` at ${minute(endedAt)}`;
  switch (ending?.as) {
    case 'answered':
      return `answered${when}`;
    case 'silent':
      return `ended${when} and had nothing to say`;
    case 'paused':
      return `paused${when} because ${BUDGETS[ending.budget]} was used up`;
    case 'stopped':
      return `was stopped${stopped ? ` by ${called(names, stopped.actor).name}` : ''}${when}`;
    case 'failed':
      return `failed${when} because ${FAILURES[ending.why]}`;
    case undefined:
      return `ended${when}`;
    default:
      ending satisfies never;
      return `ended${when}`;
  }
}

const BUDGETS = {
  run: 'its budget for one request',
  root: 'the budget of all agents for this request',
  day: 'the budget of the pod for the day',
} as const;

const FAILURES = {
  refused: 'the model refused the request',
  gave_up: 'it was tried in vain',
} as const;

export function usedWords({ steps, turns, tokens }: RunDoc): string {
  const last = steps.at(-1)?.tools.at(-1);
  const counted = `${turns} ${turns === 1 ? 'step' : 'steps'}${last ? `, last: ${last}` : ''}`;
  return `${counted}; ${tokens.toLocaleString('en')} tokens`;
}

/** Returns one line per step. If earlier steps were dropped, the first line says how many. */
export function stepWords({ steps, turns }: RunDoc): string[] {
  const missing = turns - steps.length;
  return [...(missing ? [`${missing} earlier ${missing === 1 ? 'step' : 'steps'}`] : []), ...steps.map(oneStep)];
}

function oneStep({ n, at, tools, tokens }: RunStep): string {
  const did = tools.length ? `called ${tools.join(', ')}` : 'wrote';
  return `${n}. ${minute(at)} ${did} (${tokens.toLocaleString('en')} tokens)`;
}
