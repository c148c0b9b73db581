// Notices when a model makes the same call a third time in a row, although it came to the same twice. Pure.
import { canonical } from '../../../log/ids.ts';
import type { TurnDoc } from '../../sessions/session.ts';
import { type Block, blocksOf, type ToolUse, toolUses } from '../../sessions/transcript.ts';

/** The calls of a turn, and what came of them. */
interface Round {
  uses: readonly ToolUse[];
  results: ReadonlyMap<string, Block>;
}

/** The number of identical calls of which the last one is not run. */
const MOST_ALIKE = 3;

/**
 * Returns the call that is made the third time in a row: the turn makes the same calls as the two turns before, with the
 * same results, or it makes a call again that was refused in both. A word of a person in between begins anew. `turns`:
 * the transcript, whose last turn makes these calls.
 */
export function repeatedCall(turns: readonly TurnDoc[], uses: readonly ToolUse[]): ToolUse | undefined {
  const before = roundsBefore(turns, MOST_ALIKE - 1);
  if (before.length < MOST_ALIKE - 1) return undefined;
  const refused = uses.find((use) => before.every((round) => isRefused(round, use)));
  if (refused) return refused;
  const outcomes = before.map(outcomeOf);
  const alike = before.every((round) => callsOf(round.uses) === callsOf(uses)) && new Set(outcomes).size === 1;
  return alike ? uses[0] : undefined;
}

/** Returns the last rounds before the last turn, the newest first, back to the newest word of a person. */
function roundsBefore(turns: readonly TurnDoc[], most: number): Round[] {
  const rounds: Round[] = [];
  for (let n = turns.length - 2; n > 0 && rounds.length < most; n -= 2) {
    const [answer, results] = [turns[n - 1], turns[n]];
    if (answer?.role !== 'assistant' || results?.role !== 'user' || results.heard?.length) break;
    const uses = toolUses(answer);
    if (!uses.length) break;
    const all = blocksOf(results).filter(({ type }) => type === 'tool_result');
    rounds.push({ uses, results: new Map(all.map((result) => [result.tool_use_id ?? '', result])) });
  }
  return rounds;
}

function callOf({ name, input }: ToolUse): string {
  return `${name} ${canonical(input)}`;
}

function callsOf(uses: readonly ToolUse[]): string {
  return uses.map(callOf).join('\n');
}

function isRefused({ uses, results }: Round, use: ToolUse): boolean {
  return uses.some((one) => callOf(one) === callOf(use) && results.get(one.id)?.is_error === true);
}

function outcomeOf({ uses, results }: Round): string {
  return canonical(uses.map(({ id }) => results.get(id)?.content ?? null));
}
