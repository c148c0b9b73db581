// The rule for what agents work by: an agent's change to a skill, or to an agent's instructions, is a draft. Those for whom it works
// see the difference first, and it is done with their yes alone.
import type { Reader } from '../../../log/action.ts';
import { canonical, sha256 } from '../../../log/ids.ts';
import { isOutside } from '../../../log/labels/label.ts';
import type { PersonId } from '../../../log/participant.ts';
import { type Draft, draftIn } from '../../../pods/agent-definitions/draft.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { isAllowed, type StepCall, type Steps } from '../../../pods/conversations/words/steps.ts';
import type { Call } from '../../../pods/decide.ts';
import { present } from '../../../pods/members/present.ts';
import { askersOf } from '../../../pods/members/rights.ts';
import { holdersIn } from '../../../pods/runs/steps/holders.ts';
import { type Locked, rule } from '../verdict.ts';

interface Facts {
  call: StepCall;
  who: readonly PersonId[];
  steps: Steps | undefined;
  draft: Draft;
}

export const drafts = rule<Facts, Locked>({
  name: 'drafts',
  // Judged where people speak, before the act in the organisation's log: a person's word that came first is still heard.
  load(read, call: Call) {
    const { facts, ears, label } = call.request;
    // Text from outside, and that of other pods, changes nothing that agents work by, whoever says yes: those rules refuse it.
    if (!facts?.inOrg || !ears || isOutside(label)) return undefined;
    return factsOf(read, call, facts.inOrg, ears.conversation);
  },
  judge({ call, who, steps, draft }) {
    if (!who.length || isAllowed(steps, call)) return undefined;
    const { fields, difference } = draft;
    return { kind: 'locked', step: { ...call, who, draft: { fields, difference } } };
  },
});

async function factsOf(
  read: Reader,
  { request, ctx }: Call,
  asked: { action: string; input: unknown },
  conversation: string,
): Promise<Facts | undefined> {
  if ((await request.facts?.sources())?.length) return undefined;
  const draft = await draftIn(read, { request, ctx }, asked);
  if (!draft) return undefined;
  const doc = await read.get(CONVERSATIONS, conversation);
  const askers = await present(read, ctx.pod, askersOf(request));
  const holders = askers.length ? await holdersIn(read, ctx, conversation) : [];
  const { key, action, input, actor } = request;
  return {
    // A yes is for the text that the difference was made from.
    call: { key, hash: sha256(canonical([action, input, draft.seq])) },
    who: [...new Set([...askers, ...holders])],
    steps: doc?.atWork?.find(({ agent }) => agent === actor)?.steps,
    draft,
  };
}
