// Gives an agent's verdicts on what different people want of its run, as a commit of the agent's. A word that has no verdict
// after two turns counts as a conflict.
import { UserFacingError } from '../../../errors.ts';
import type { Act } from '../../../log/act.ts';
import type { Reader } from '../../../log/action.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { dueIn, isStanding } from '../../../pods/conversations/words/instructions.ts';
import type { JudgedWords } from '../../../pods/runs/steering/judge-words.ts';
import { requestOf } from '../../../tools/request.ts';
import type { ToolCaller } from '../../../tools/tool.ts';
import type { GivenVerdict } from '../../../tools/verdicts.ts';

/** After so many turns whose calls waited for it, a verdict is not waited for any longer. */
export const MOST_TURNS_WITHOUT = 2;

interface Deps {
  act: Act;
}

interface Judged {
  /** A sentence for each verdict. */
  lines: string[];
  /** The ids of the questions that people were asked. */
  waiting: string[];
}

const NOTHING: Judged = { lines: [], waiting: [] };

export async function judgeWords(
  { act }: Deps,
  caller: ToolCaller,
  verdicts: readonly GivenVerdict[],
  key: string,
): Promise<Judged> {
  const { pod, conversation, ears } = caller;
  if (!verdicts.length || !ears) return NOTHING;
  const input = { conversation, upTo: ears.upTo, verdicts: [...verdicts] };
  // It is done for nobody: also a word of somebody who has left meanwhile needs its verdict.
  const {
    onBehalfOf: _for,
    heard: _heard,
    ...request
  } = requestOf(caller, {
    ...{ pod, action: 'judge_words', input, key },
  });
  // It is about what the run has heard. Newer words need verdicts of their own.
  const heardAll = { ...ears, upTo: Number.MAX_SAFE_INTEGER };
  try {
    const { lines, waits } = (await act<JudgedWords>({ ...request, ears: heardAll })).result;
    return { lines, waiting: waits ? [waits] : [] };
  } catch (error) {
    if (error instanceof UserFacingError) return { lines: [error.message], waiting: [] };
    throw error;
  }
}

/** Calls a conflict what has waited too long for a verdict. `waited`: the numbers of these instructions. */
export async function conflictsUnsaid(
  deps: Deps & { read: Reader },
  caller: ToolCaller,
  waited: readonly number[],
  key: string,
): Promise<Judged> {
  const { agent, conversation, ears } = caller;
  if (!waited.length || !ears) return NOTHING;
  const doc = await deps.read.get(CONVERSATIONS, conversation);
  const list = doc?.atWork?.find((one) => one.agent === agent)?.instructions ?? [];
  const verdicts = dueIn(list, ears.upTo)
    .filter(({ n }) => waited.includes(n))
    .flatMap(({ n, by }): GivenVerdict[] => {
      const of = list.findLast((one) => one.by !== by && isStanding(one))?.n;
      return of === undefined ? [] : [{ n, is: 'conflicts', of }];
    });
  return judgeWords(deps, caller, verdicts, key);
}
