// Renders the card of a run: what it does and for whom, what people want of it, and the buttons that control it. It is rendered
// anew at each update, so it shows what is so now; once the run is over, one short line.
import type { MessageDoc } from '../../../pods/conversations/message.ts';
import { doingWords } from '../../../pods/runs/doing-words.ts';
import { withNames } from '../../../pods/runs/name-runs.ts';
import { RUNS } from '../../../pods/runs/run.ts';
import { shownRun } from '../../../pods/runs/run-words.ts';
import { INSTRUCTION_STATES } from '../../../pods/runs/steering/shown-instructions.ts';
import { buttons, section } from '../../../slack/render/blocks.ts';
import { momentToken, utc } from '../../../slack/render/moment.ts';
import type { Block, Post } from '../../../slack/render/render.ts';
import { runButtons } from '../../../slack/render/runs/run-buttons.ts';
import { instructionLines, type ListedRun, runLine } from '../../../slack/render/runs/run-list.ts';
import type { PostDeps } from '../send-once.ts';

/** Undefined if the message is no card, or its run is forgotten. */
export async function runCard(
  { read, texts }: Pick<PostDeps, 'read' | 'texts'>,
  { pod, conversation, card }: Pick<MessageDoc, 'pod' | 'conversation' | 'card'>,
): Promise<Post | undefined> {
  const run = card && (await read.get(RUNS, card.run));
  const { runs, names } = run ? await withNames(read, [run]) : { runs: [], names: new Map() };
  const [facts] = runs;
  if (!run || !facts) return undefined;
  const shown = shownRun(facts, names);
  const live = run.state !== 'ended';
  const listed: ListedRun = {
    ...{ agent: shown.agent, live, ...doingWords(shown), steps: shown.steps, tokens: shown.tokens },
    ...(shown.woken_by ? { whom: shown.woken_by } : {}),
    ...(live && shown.last ? { last: shown.last } : {}),
    instructions: (facts.instructions ?? []).map(({ one, words }) => ({
      ...{ by: names.get(one.by)?.name ?? '', at: one.at, state: INSTRUCTION_STATES[one.state] },
      ...(words ? { words } : {}),
    })),
  };
  const text = runLine(listed, '', utc(listed.at));
  const line = runLine(listed, '', momentToken(listed.at));
  if (!live)
    return { text, blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: line.replace('\n', ' · ') }] }] };
  const value = [pod, conversation, run.agent].join('/');
  const how = facts.withheld?.how;
  const blocks: Block[] = [
    section([line, ...instructionLines(listed, momentToken)].join('\n')),
    buttons(runButtons((one) => texts.fill('message-notes', one), how, value)),
  ];
  return { text, blocks };
}
