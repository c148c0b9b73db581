// How far a run has heard its conversation, and which of its calls were held because of that. Pure.
import type { Ears } from '../../../log/ears.ts';
import type { TurnDoc } from '../../sessions/session.ts';
import { type ToolUse, toolUses } from '../../sessions/transcript.ts';

/** After so many holds in a row, words that are not meant for the agent hold it no longer: others may just be talking. */
const ALL_WORDS = 2;
/** After so many holds in a row, people are asked. */
export const MOST_HOLDS = 5;

interface Hears {
  session: { conversation: string };
  turns: readonly TurnDoc[];
  wake: { seq: number };
}

/** `ends`: for the act that ends the run. All words count for it, also those that the run no longer waits for. */
export function earsOf({ session, turns, wake }: Hears, ends?: true): Ears {
  const said = turns.findLast(({ role }) => role === 'user');
  return {
    conversation: session.conversation,
    upTo: said?.heardUpTo ?? said?.position ?? 0,
    woken: wake.seq,
    ...(!ends && holdsInARow(turns) >= ALL_WORDS ? { meantOnly: true as const } : {}),
    ...(ends ? { ends } : {}),
  };
}

/** A call that was held: `n` is the number of the turn that made it. */
export interface HeldCall extends ToolUse {
  n: number;
}

/** The name by which the model refers to a held call: the numbers of its turn and its block. */
export function heldName({ n, block }: Pick<HeldCall, 'n' | 'block'>): string {
  return `${n}.${block}`;
}

const HELD = /^Held \((\d+\.\d+)\)/;

/** The text of a held call's result. The transcript tells by its beginning which calls were held. `did`: the word, such as “Ada wrote”. */
export function heldText(call: HeldCall, did: string): string {
  const name = heldName(call);
  return (
    `Held (${name}): not done, because ${did} first. What is new stands below. ` +
    `If the call is still right as it is, call go_ahead with "${name}"; otherwise leave it, or make another.`
  );
}

interface Result {
  type?: string;
  content?: unknown;
}

function resultsIn({ role, content }: TurnDoc): string[] {
  if (role !== 'user') return [];
  return (JSON.parse(content) as Result[]).flatMap(({ type, content: text }) =>
    type === 'tool_result' && typeof text === 'string' ? [text] : [],
  );
}

/** The calls that were held in this transcript, by their names. Whether they were done later, their keys tell. */
export function heldCalls(turns: readonly TurnDoc[]): Map<string, HeldCall> {
  const names = new Set(turns.flatMap((turn) => resultsIn(turn).flatMap(namesHeld)));
  const calls = turns
    .filter(({ role }) => role === 'assistant')
    .flatMap((turn) => toolUses(turn).map((use): HeldCall => ({ ...use, n: turn.n })));
  return new Map(calls.map((call) => [heldName(call), call] as const).filter(([name]) => names.has(name)));
}

/** A result of `go_ahead` has a line for each call. */
function namesHeld(text: string): string[] {
  return text.split('\n').flatMap((line) => HELD.exec(line)?.[1] ?? []);
}

/** How many turns in a row, up to the newest, brought nothing but held calls. */
export function holdsInARow(turns: readonly TurnDoc[]): number {
  const called = turns.map(resultsIn).filter((results) => results.length > 0);
  const done = called.findLastIndex((results) => !results.some((text) => namesHeld(text).length > 0));
  return called.length - 1 - done;
}
