// Posts the answer of a run, or keeps its silence.
import { Held } from '../../../errors.ts';
import { mentions } from '../../../pods/conversations/addressing.ts';
import { changesOf } from '../../../pods/kinds.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import { NOTHING } from '../../sessions/sendable.ts';
import { changeSession, type TurnDoc } from '../../sessions/session.ts';
import { isSilence, type Step, textOf } from '../../sessions/transcript.ts';
import type { RunDeps } from '../deps.ts';
import { earsOf } from '../ears/ears.ts';
import { takeInNews } from '../ears/take-in-news.ts';
import { positionOf, type Run } from '../load-run.ts';
import { isRepeatedAnswer } from '../repeats/repeated-answer.ts';
import { withheldRun } from '../withheld.ts';
import { append, postInConversation, silent } from '../write.ts';
import { answerKey, notesBelow, withUnbegun } from './notes-below.ts';

export async function giveAnswer(
  deps: RunDeps,
  run: Run,
  { turn, text }: Extract<Step, { kind: 'answer' }>,
): Promise<Run> {
  const own = turn.run === run.wake.id;
  const answer = wordsOf(turn, text) || (own && (await isOwed(deps, run)) ? NO_ANSWER : '');
  let next = own && answer ? await withUnbegun(deps, run, turn, answer) : run;
  const words = answer && [answer, ...notesBelow(deps, next, turn).map((note) => `_${note}_`)].join('\n\n');
  let ended = false;
  const repeated = own && words !== '' && (await isRepeatedAnswer(deps.read, run));
  // Only an answer of this run is posted. The answer of an earlier run is posted already.
  if (own && words && !repeated) {
    const ears = earsOf(run, true);
    const posted = await postInConversation(deps, run, words, answerKey(turn), { ears }).catch((error: unknown) => {
      if (error instanceof Held) return undefined;
      throw error;
    });
    // People have paused the agent. The answer stands in the transcript, and is posted when it goes on.
    if (!posted) return (await withheldRun(deps, run)) ?? run;
    ended = posted.ended;
    next = { ...next, record: { ...next.record, message: posted.message, ending: { as: 'answered' } } };
  }
  if (own && words)
    await changeSession(deps.store, run.session.id, (doc) =>
      (doc.answered ?? 0) < turn.position ? { ...doc, answered: turn.position } : doc,
    );
  // The turn may have finished an earlier run's answer. This run then takes in the messages that woke it.
  return ended && turn.position >= run.wake.seq ? { ...next, over: true } : takeInNews(deps, next);
}

const NO_ANSWER_YET = 'I had no answer yet.';
const NO_ANSWER = 'I had no answer to that. Ask me once more, perhaps in other words.';

/**
 * True if the model's turn is empty although somebody mentioned the agent, or wrote to it in a DM. Such a person must
 * get an answer.
 */
async function isOwed(deps: RunDeps, { session, turns, agent, wake }: Run): Promise<boolean> {
  const last = turns.at(-1);
  if (!last || textOf(last) !== NOTHING) return false;
  const pod = await deps.read.get(PODS, session.pod);
  if (pod?.direct) return true;
  const [woke] = await deps.read.commits(session.pod, wake.seq, wake.seq);
  const changes = woke ? changesOf(woke) : [];
  const bodies = changes.flatMap((change) => ('body' in change && change.body ? [change.body] : []));
  const texts = [...(await deps.read.texts(bodies)).values()];
  return texts.some((text) => mentions(text).some((names) => names.includes(agent.handle)));
}

/** Returns the text to post; empty if the agent gives no answer. */
function wordsOf({ stopReason, refusal: why }: TurnDoc, text: string): string {
  const said = isSilence(text) ? '' : text;
  switch (stopReason) {
    case 'refusal':
      return said || why || "I can't help with that.";
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return `${said || NO_ANSWER_YET}\n\n_Cut off at the length limit; ask me to go on._`;
    case 'end_turn':
    case 'stop_sequence':
    case 'tool_use':
    case 'pause_turn':
    case undefined:
      return said;
    default:
      return `${said || NO_ANSWER_YET}\n\n_The model stopped here and gave a reason that I don't know (“${stopReason}”); ask me to go on._`;
  }
}

/** Closes the transcript. What the agent was silent about counts as answered. A run that has answered before has answered. */
export async function staySilent(deps: RunDeps, run: Run): Promise<Run> {
  const next = await append(deps, run, silent(NOTHING, run.turns));
  const answered = positionOf(run);
  await changeSession(deps.store, run.session.id, (doc) =>
    (doc.answered ?? 0) < answered ? { ...doc, answered } : doc,
  );
  return { ...next, record: { ...next.record, ending: { as: next.record.message ? 'answered' : 'silent' } } };
}
