// The rule of how close people stay: each effect on the task of somebody who goes with every step needs their yes.
import type { Reader } from '../../../log/action.ts';
import type { Ears } from '../../../log/ears.ts';
import { canonical, sha256 } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { allowedIn, isAllowed, type StepCall, type Steps } from '../../../pods/conversations/words/steps.ts';
import type { Call } from '../../../pods/decide.ts';
import { holdersIn } from '../../../pods/runs/steps/holders.ts';
import { type Locked, rule } from '../verdict.ts';

interface Facts {
  call: StepCall;
  /** The people who go with every step. */
  who: readonly PersonId[];
  steps: Steps | undefined;
  /** Set if the call has a yes already, as a draft. */
  agreed?: boolean;
}

/** Acts that are no step of the work: how a run asks, waits and ends. */
const FREE: readonly string[] = [
  'judge_words',
  'wait_for',
  'end_run',
  'put_steps',
  'ask',
  'ask_about_call',
  'withdraw_question',
];

/** Reads are free, and so is the agent's own answer. */
export const involvement = rule<Facts, Locked>({
  name: 'involvement',
  load(read, call: Call) {
    const { definition, request } = call;
    const { answer, ears } = request;
    if (!ears || answer || definition.effect === 'read' || FREE.includes(definition.name)) return undefined;
    return factsOf(read, call, ears);
  },
  judge({ call, who, steps, agreed }) {
    if (!who.length || agreed || isAllowed(steps, call)) return undefined;
    return { kind: 'locked', step: { ...call, who } };
  },
});

async function factsOf(read: Reader, { request, ctx }: Call, { conversation }: Ears): Promise<Facts | undefined> {
  const who = await holdersIn(read, ctx, conversation);
  if (!who.length) return undefined;
  const doc = await read.get(CONVERSATIONS, conversation);
  const { key, action, input, actor } = request;
  const hash = sha256(canonical([action, input]));
  const steps = doc?.atWork?.find(({ agent }) => agent === actor)?.steps;
  // The list of the draft was put to them, too, and the rule before this one has compared what the yes is for.
  const agreed = request.facts?.inOrg !== undefined && allowedIn(steps).some((one) => one.key === key);
  return { call: { key, hash }, who, steps, agreed };
}
