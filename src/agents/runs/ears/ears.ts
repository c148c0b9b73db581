// How far a run has heard its conversation, and which of its calls were held because of that. Pure.
import type { LockedBy } from '../../../errors.ts';
import type { Ears } from '../../../log/ears.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import { instructionName } from '../../../pods/conversations/words/instructions.ts';
import { GO_AHEAD } from '../../../tools/go-ahead.ts';
import { perTurn } from '../../sessions/per-turn.ts';
import type { TurnDoc } from '../../sessions/session.ts';
import { blocksOf, type ToolUse, toolUses } from '../../sessions/transcript.ts';

/** After so many holds in a row, words that are not meant for the agent hold it no longer: others may just be talking. */
const ALL_WORDS = 2;
/** After so many holds in a row, people are asked. */
export const MOST_HOLDS = 5;

/** The result of a call after so many holds. It begins a new row. */
export const HELD_TOO_OFTEN = `Not run: it was held ${MOST_HOLDS} times in a row.`;

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
  /** The epoch of the turn, if it is over. */
  epoch?: number;
}

/** The name by which the model refers to a held call: the numbers of its turn and its block, after that of an epoch that is over. */
export function heldName({ n, block, epoch }: Pick<HeldCall, 'n' | 'block' | 'epoch'>): string {
  return epoch === undefined ? `${n}.${block}` : `${epoch}:${n}.${block}`;
}

const HELD = /^Held \(((?:\d+:)?\d+\.\d+)\)/;

/** The text of a held call's result. The transcript tells by its beginning which calls were held. `did`: the word, such as “Ada wrote”. */
export function heldText(call: HeldCall, did: string): string {
  const name = heldName(call);
  return (
    `Held (${name}): not done, because ${did} first. What is new stands below. ` +
    `If the call is still right as it is, call go_ahead with "${name}"; otherwise leave it, or make another.`
  );
}

/** The text of a call that waits for a verdict, or for people's answer. It begins like that of any held call. */
export function lockedText(call: HeldCall, { due = [], question, checkpoint }: LockedBy): string {
  const name = heldName(call);
  if (question && checkpoint)
    return `Held (${name}): not done, because you wait at a checkpoint: people are asked in ${question} whether you go on. Their answer wakes you: then go_ahead with "${name}", if it is still right.`;
  if (question)
    return `Held (${name}): not done, because people are asked in ${question} which of two wishes counts. Your work goes on with their answer: then go_ahead with "${name}", if it is still right.`;
  return `Held (${name}): not done, because ${YOUR_VERDICT} ${due.map(instructionName).join(', ')} comes first. Give it with go_ahead, and "${name}" in its calls if that is still right.`;
}

/** The text of a call that needs a yes. `checkpoint`: it has come to a point that `whose` named. */
export function stepHeldText(call: HeldCall, whose: string, checkpoint = false): string {
  if (checkpoint)
    return `Held (${heldName(call)}): you wait here. ${whose} named this checkpoint, and says whether you go on.`;
  return `Held (${heldName(call)}): not done yet, because ${whose} goes with every step of this. It needs a yes first.`;
}

/** The text of a call that changes what agents work by. */
export function draftHeldText(call: HeldCall, whose: string): string {
  return `Held (${heldName(call)}): a draft so far, because agents work by that text. ${whose} sees the difference, and it needs a yes first.`;
}

/** The text of a call that stands behind a checkpoint in its turn. */
export function behindText(call: HeldCall): string {
  const name = heldName(call);
  return `Held (${name}): not done, because you wait at a checkpoint first. After the yes, go_ahead with "${name}", if it is still right.`;
}

const YOUR_VERDICT = 'your verdict on';

/** How many turns have ended with a call that waited for a verdict, by the number of the instruction. */
export function turnsWithout(turns: readonly TurnDoc[], now: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const results of [...turns.map(resultsIn), now])
    for (const n of new Set(results.flatMap(verdictsWanted))) counts.set(n, (counts.get(n) ?? 0) + 1);
  return counts;
}

const WANTED = new RegExp(`${YOUR_VERDICT} ((?:i\\d+(?:, )?)+)`, 'g');

export function verdictsWanted(text: string): number[] {
  const lines = text.split('\n').filter((line) => HELD.test(line));
  return lines.flatMap((line) =>
    [...line.matchAll(WANTED)].flatMap(([, names = '']) => names.split(', ').map((name) => Number(name.slice(1)))),
  );
}

const resultsIn = perTurn((turn: TurnDoc): readonly string[] => {
  if (turn.role !== 'user') return [];
  return blocksOf(turn).flatMap(({ type, content: text }) =>
    type === 'tool_result' && typeof text === 'string' ? [text] : [],
  );
});

const namesHeldIn = perTurn((turn: TurnDoc): readonly string[] => resultsIn(turn).flatMap(namesHeld));

/** The calls that were held in this transcript, by their names. Whether they were done later, their keys tell. */
export function heldCalls(turns: readonly TurnDoc[]): Map<string, HeldCall> {
  const names = new Set(turns.flatMap(namesHeldIn));
  if (!names.size) return new Map();
  const calls = turns
    .filter(({ role }) => role === 'assistant')
    .flatMap((turn) => toolUses(turn).map((use): HeldCall => ({ ...use, n: turn.n })));
  return new Map(calls.map((call) => [heldName(call), call] as const).filter(([name]) => names.has(name)));
}

/** True for the result of a call that was held, or of a `go_ahead` with such a call. */
export function wasHeld(text: string): boolean {
  return namesHeld(text).length > 0;
}

/** A result of `go_ahead` has a line for each call. */
function namesHeld(text: string): string[] {
  return text.split('\n').flatMap((line) => HELD.exec(line)?.[1] ?? []);
}

/**
 * How many turns with held calls came since something was last done. Unlike in `holdsInARow`, a turn that only gave verdicts or
 * read does not end the row: where somebody writes all the time, the verdict comes too late for the next call, again and again.
 */
export function holdsSinceDone(turns: readonly TurnDoc[]): number {
  const answerAt = (n: number) => turns.find((turn) => turn.n === n && turn.role === 'assistant');
  let count = 0;
  for (const turn of turns.toReversed()) {
    const results = resultsIn(turn);
    if (!results.length) continue;
    if (results.some((text) => text.startsWith(HELD_TOO_OFTEN))) break;
    const asked = answerAt(turn.n - 1);
    if (namesHeldIn(turn).length) count += 1;
    else if (!(asked ? toolUses(asked) : []).every(changesNothing)) break;
  }
  return count;
}

/** True for a `go_ahead` that gives verdicts alone, and for a read. */
function changesNothing(use: ToolUse): boolean {
  return use.name === GO_AHEAD ? goesWithout(use) : ACTIONS.get(use.name)?.effect === 'read';
}

/** True for a `go_ahead` that lets no call go ahead. */
function goesWithout({ name, input }: ToolUse): boolean {
  const { calls } = (input ?? {}) as { calls?: unknown };
  return name === GO_AHEAD && (!Array.isArray(calls) || calls.length === 0);
}

/** After so many turns in a row that gave verdicts and did nothing else, none is asked for until a call waits for it. */
const MOST_BARE = 2;

/** True if the newest turns gave verdicts and did nothing else: where somebody writes all the time, there would be no end to it. */
export function judgesOnly(turns: readonly TurnDoc[]): boolean {
  const newest: TurnDoc[] = [];
  for (let n = turns.length - 1; n >= 0 && newest.length < MOST_BARE; n--) {
    const turn = turns[n];
    if (turn?.role === 'assistant') newest.push(turn);
  }
  return (
    newest.length === MOST_BARE &&
    newest.every((turn) => toolUses(turn).length > 0 && toolUses(turn).every(goesWithout))
  );
}

/** How many turns in a row, up to the newest, brought nothing but held calls. */
export function holdsInARow(turns: readonly TurnDoc[]): number {
  const called = turns.filter((turn) => resultsIn(turn).length > 0);
  const done = called.findLastIndex((turn) => !namesHeldIn(turn).length);
  return called.length - 1 - done;
}
