// Asks about all calls of a turn that need a yes, as one list, and tells the model so.
import { UserFacingError } from '../../../errors.ts';
import type { PutSteps } from '../../../pods/runs/steps/put-steps.ts';
import type { Store } from '../../../store/port.ts';
import { requestOf } from '../../../tools/request.ts';
import type { ToolDeps } from '../../../tools/tool.ts';
import { inLine } from '../../sessions/fence.ts';
import { turnId } from '../../sessions/session.ts';
import { type Caller, toolCaller } from '../calls/caller.ts';
import { heldName } from '../ears/ears.ts';
import { callWords, draftWords, resultWords } from './call-words.ts';
import { pointOf, type WantedStep } from './wanted-steps.ts';

interface Listed {
  /** Blocks for the model. */
  told: object[];
  /** The ids of the questions for which the run waits. */
  waiting: string[];
}

export async function putSteps(
  { tools, store }: { tools: ToolDeps; store: Store },
  caller: Caller,
  steps: readonly WantedStep[],
): Promise<Listed> {
  if (!steps.length) return { told: [], waiting: [] };
  const { pod, conversation, id, epoch } = caller.session;
  const wanted = [...new Map(steps.map((step) => [step.key, step])).values()];
  const calls = wanted.map(({ key, hash, call, draft }) => {
    const at = pointOf(call);
    if (at) return { key, hash, words: resultWords(call), at };
    if (draft) return { key, hash, words: draftWords(tools.actions, call, draft), draft: true as const };
    return { key, hash, words: callWords(tools.actions, call) };
  });
  const request = requestOf(toolCaller(store, caller), {
    ...{ pod, action: 'put_steps', input: { conversation, calls } },
    key: `${turnId(id, epoch, caller.n)}:steps`,
  });
  const names = wanted.map(({ call }) => `"${heldName(call)}"`).join(', ');
  try {
    const { question } = (await tools.act<PutSteps>(request)).result;
    if (!question) return told(`Nobody goes with every step any more: go_ahead with ${names}, if still right.`);
    const whom = question.to.map(inLine).join(' and ');
    const text = `${whom} ${question.to.length > 1 ? 'are' : 'is'} asked in ${question.number} about ${names}. Your work goes on with the answer: then go_ahead with those that it allows, and leave the others.`;
    return { ...told(text), waiting: [question.id] };
  } catch (error) {
    if (error instanceof UserFacingError) return told(error.message);
    throw error;
  }
}

function told(text: string): Listed {
  return { told: [{ type: 'text', text }], waiting: [] };
}
