// Renders the part below the message about an upload over a newer version: the lines that differ, and buttons to settle
// it; then by whom it was settled.
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { actionIds } from '../../slack/render/action-ids.ts';
import { buttons, preformatted, section } from '../../slack/render/blocks.ts';
import { mrkdwnOf } from '../../slack/render/neutral.ts';
import type { Block } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import {
  type ConflictFacts,
  conflictFacts,
  differenceLine,
  type KeepButton,
  keepButtons,
  settledLine,
} from '../files/conflict-facts.ts';

export async function belowConflict(
  { read, texts }: { read: Reader; texts: Texts },
  copy: string | undefined,
): Promise<Block[]> {
  const facts = copy ? await conflictFacts(read, copy) : undefined;
  if (!facts) return [];
  const settled = settledLine(texts, facts);
  if (settled) return [section(mrkdwnOf(settled))];
  return [...differenceBlocks(texts, facts), keepBlock(keepButtons(texts, facts))];
}

export function differenceBlocks(texts: Texts, facts: ConflictFacts): Block[] {
  const { lines, note = '' } = facts.changes;
  if (!lines) return [section(mrkdwnOf(quiet(note)))];
  return [section(mrkdwnOf(differenceLine(texts, facts))), preformatted(lines)];
}

export function keepBlock(all: readonly KeepButton[]): Block {
  return buttons(all.map((one, n) => ({ actionId: `${actionIds.fileKeep}.${n}`, ...one })));
}
