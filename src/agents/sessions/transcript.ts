// Decides the next step of a run from its transcript. Pure, so that a restarted run takes the same step again.
import { perTurn } from './per-turn.ts';
import type { TurnDoc } from './session.ts';

export interface ToolUse {
  id: string;
  name: string;
  input: unknown;
  /** The index of the block in its turn. It is part of the call's idempotency key. */
  block: number;
}

export type Step =
  /** Nothing is open. The run takes in new messages, or ends. */
  | { kind: 'news' }
  /** The last turn is a user turn. The model is asked next. */
  | { kind: 'ask' }
  /** The model has made these calls. The next turn must hold a result for each of them. */
  | { kind: 'call'; turn: TurnDoc; uses: readonly ToolUse[] }
  /** The model has answered. The text is posted next. */
  | { kind: 'answer'; turn: TurnDoc; text: string }
  /** The run waits for questions, and the last turn brought nothing new. The run parks. */
  | { kind: 'park'; questions: string[] }
  /** The model has nothing to say. The run ends. */
  | { kind: 'quiet' }
  /** The model paused a long turn. It is asked to continue. */
  | { kind: 'resume'; turn: TurnDoc };

export function nextStep(turns: readonly TurnDoc[]): Step {
  const last = turns.at(-1);
  if (!last) return { kind: 'news' };
  if (last.role === 'user' && last.quiet) return { kind: 'quiet' };
  if (last.role === 'user') return last.parked ? { kind: 'park', questions: last.parked } : { kind: 'ask' };
  if (last.silent) return { kind: 'news' };
  const uses = toolUses(last);
  if (uses.length) return { kind: 'call', turn: last, uses };
  if (last.stopReason === 'pause_turn') return { kind: 'resume', turn: last };
  return { kind: 'answer', turn: last, text: textOf(last) };
}

export interface Block {
  readonly type?: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: unknown;
  readonly is_error?: boolean;
}

/**
 * True if the model ended the turn itself. A turn that was cut off may hold a call with half an input, which is never
 * run.
 */
export function endedWhole({ stopReason }: TurnDoc): boolean {
  return stopReason === 'tool_use';
}

export const blocksOf = perTurn(
  ({ content }: Pick<TurnDoc, 'content'>): readonly Block[] => JSON.parse(content) as Block[],
);

export const toolUses = perTurn((turn: Pick<TurnDoc, 'content'>): readonly ToolUse[] =>
  blocksOf(turn).flatMap((block, n) =>
    block.type === 'tool_use' ? [{ id: block.id ?? '', name: block.name ?? '', input: block.input, block: n }] : [],
  ),
);

export function textOf(turn: Pick<TurnDoc, 'content'>): string {
  return blocksOf(turn)
    .flatMap((block) => (block.type === 'text' && block.text ? [block.text] : []))
    .join('\n\n')
    .trim();
}

/** The text with which a model stayed silent before there was a tool for it. Sessions from then still have it. */
export const SILENCE = '(silent)';

export function isSilence(text: string): boolean {
  const bare = text.replace(/[*_`.\s]/g, '').toLowerCase();
  return bare === '' || bare === SILENCE;
}

/** The length of the context at the model's last answer, in tokens. */
export function contextLength(turns: readonly TurnDoc[]): number {
  const usage = turns.findLast((turn) => turn.usage)?.usage;
  return usage ? usage.input + usage.cacheRead + usage.cacheWrite + usage.output : 0;
}
