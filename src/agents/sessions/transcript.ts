// Reading a transcript: what the next step of a run is. Pure; a crash at any point leads to the same step again.
import type { TurnDoc } from './session.ts';

export interface ToolUse {
  id: string;
  name: string;
  input: unknown;
  /** Its place among the blocks of the turn: part of the call's key. */
  block: number;
}

export type Step =
  /** Nothing is open: take in news, or be done. */
  | { kind: 'news' }
  /** The model is to answer what stands last. */
  | { kind: 'ask' }
  /** The model asked for these calls; every one is answered in the very next turn. */
  | { kind: 'call'; turn: TurnDoc; uses: ToolUse[] }
  /** The model has spoken: post it. */
  | { kind: 'answer'; turn: TurnDoc; text: string }
  /** The model paused a long turn: it is asked to go on. */
  | { kind: 'resume'; turn: TurnDoc };

export function nextStep(turns: readonly TurnDoc[]): Step {
  const last = turns.at(-1);
  if (!last) return { kind: 'news' };
  if (last.role === 'user') return { kind: 'ask' };
  if (last.silent) return { kind: 'news' };
  const uses = toolUses(last);
  if (uses.length) return { kind: 'call', turn: last, uses };
  if (last.stopReason === 'pause_turn') return { kind: 'resume', turn: last };
  return { kind: 'answer', turn: last, text: textOf(last) };
}

interface Block {
  type?: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
}

/** Only then the model ended its calls itself: one that was cut off may have half an input, and is never run. */
export function endedWhole({ stopReason }: TurnDoc): boolean {
  return stopReason === 'tool_use';
}

function blocksOf(turn: Pick<TurnDoc, 'content'>): Block[] {
  return JSON.parse(turn.content) as Block[];
}

export function toolUses(turn: Pick<TurnDoc, 'content'>): ToolUse[] {
  return blocksOf(turn).flatMap((block, n) =>
    block.type === 'tool_use' ? [{ id: block.id ?? '', name: block.name ?? '', input: block.input, block: n }] : [],
  );
}

export function textOf(turn: Pick<TurnDoc, 'content'>): string {
  return blocksOf(turn)
    .flatMap((block) => (block.type === 'text' && block.text ? [block.text] : []))
    .join('\n\n')
    .trim();
}

/** The model's answer when a message was not meant for it. */
export const SILENCE = '(silent)';

export function isSilence(text: string): boolean {
  const bare = text.replace(/[*_`.\s]/g, '').toLowerCase();
  return bare === '' || bare === SILENCE;
}

/** How long the context was at the last answer, in tokens. */
export function contextLength(turns: readonly TurnDoc[]): number {
  const usage = turns.findLast((turn) => turn.usage)?.usage;
  return usage ? usage.input + usage.cacheRead + usage.cacheWrite + usage.output : 0;
}
