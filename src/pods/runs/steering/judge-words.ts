// judge_words (Skein's own): records an agent's verdicts on what different people want of its run. Where two wishes do not fit
// together, it asks their authors.
import { z } from 'zod';
import { isAgent } from '../../../log/participant.ts';
import { action, type Decision } from '../../action.ts';
import { type Instruction, instructionName, judged, type Verdict } from '../../conversations/words/instructions.ts';
import { conversationNamed, requirePod } from '../../require.ts';
import { type FitVerdict, fittingVerdict } from './fitting-verdict.ts';
import { type AskedBetween, type AskFacts, askBetween, askFacts } from './question-between.ts';

export interface JudgedWords {
  /** A sentence for each verdict. */
  lines: string[];
  /** The id of the question that people were asked. The run waits for its answer. */
  waits?: string;
}

interface View {
  instructions: readonly Instruction[];
  /** Absent if no verdict says that two do not fit together. */
  facts?: AskFacts;
}

export const judgeWords = action({
  name: 'judge_words',
  title: 'Judge what was said',
  description: 'Records what an agent makes of the wishes of different people for its run.',
  input: z.strictObject({
    conversation: z.string(),
    upTo: z.int().describe('The number of the log up to which the run has heard the conversation'),
    verdicts: z
      .array(
        z.strictObject({
          n: z.int(),
          is: z.enum(['fits', 'none', 'replaces', 'conflicts']),
          of: z.int().optional(),
        }),
      )
      .min(1)
      .max(40),
  }),
  effect: 'write',
  internal: true,
  async load(read, { conversation, verdicts }, ctx): Promise<View> {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    const instructions = doc.atWork?.find(({ agent }) => agent === ctx.actor)?.instructions ?? [];
    const conflicts = verdicts.some(({ is }) => is === 'conflicts');
    return { instructions, ...(conflicts ? { facts: await askFacts(read, ctx, doc, instructions) } : {}) };
  },
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only an agent judges what is wanted of its run.',
  decide({ instructions, facts }, { conversation, upTo, verdicts }, ctx): Decision<JudgedWords> {
    requirePod(ctx);
    const agent = ctx.actor;
    let list = [...instructions];
    let asked: AskedBetween | undefined;
    const counted: Verdict[] = [];
    const lines: string[] = [];
    for (const given of verdicts) {
      const fit = fittingVerdict(list, given, upTo);
      if (typeof fit === 'string') {
        lines.push(fit);
        continue;
      }
      // A further conflict waits for the question that is open: what comes of it may settle that one too.
      const open = list.find(({ state }) => state === 'conflict')?.question;
      if (fit.is === 'conflicts' && !open && facts) asked = askBetween(ctx, facts, pairOf(fit));
      const sure = fit.is === 'conflicts' ? { ...fit, question: open ?? asked?.question ?? '' } : fit;
      counted.push(sure);
      list = judged(list, [sure]);
      lines.push(lineOf(sure, asked));
    }
    if (!counted.length || !isAgent(agent)) return { changes: [], result: { lines } };
    return {
      changes: [
        ...(asked?.changes ?? []),
        ...(asked ? [{ v: 1, on: 'questions', id: asked.question, type: 'question_awaited' } as const] : []),
        { v: 1, on: 'conversations', id: conversation, type: 'words_judged', agent, verdicts: counted },
      ],
      deliveries: asked?.deliveries ?? [],
      result: { lines, ...(asked ? { waits: asked.question } : {}) },
    };
  },
});

function pairOf({ n, of }: Extract<FitVerdict, { is: 'conflicts' }>): [number, number] {
  return n < of ? [n, of] : [of, n];
}

function lineOf(verdict: Verdict, asked: AskedBetween | undefined): string {
  const name = instructionName(verdict.n);
  switch (verdict.is) {
    case 'fits':
      return `${name} fits.`;
    case 'none':
      return `${name} is no instruction.`;
    case 'replaces':
      return `${name} replaces ${instructionName(verdict.of)}.`;
    case 'conflicts':
      return asked
        ? `${name} conflicts with ${instructionName(verdict.of)}: ${asked.whom.join(' and ')} are asked which counts (${asked.number}). Your work goes on with their answer.`
        : `${name} conflicts with ${instructionName(verdict.of)}: you will judge it again once the open question is answered.`;
    default:
      verdict satisfies never;
      return name;
  }
}
