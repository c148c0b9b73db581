// The agent loop: runs an agent from a wake to its answer. Each step follows from the transcript alone, so after a crash
// the loop is simply run again.

import { Held } from '../../errors.ts';
import { mentions } from '../../pods/conversations/addressing.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { changesOf } from '../../pods/kinds.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { STAY_SILENT } from '../../tools/stay-silent.ts';
import { mayWake } from '../gate/may-address.ts';
import { holdingsOf } from '../news/held.ts';
import { type Heard, hear } from '../sessions/hearing/hear.ts';
import { toldIn } from '../sessions/hearing/hear-settled.ts';
import type { HeardMessage } from '../sessions/hearing/heard-message.ts';
import { notingReads } from '../sessions/note-reads.ts';
import { forget, openSession } from '../sessions/open-session.ts';
import { NOTHING } from '../sessions/sendable.ts';
import { changeSession, type SessionDoc, type TurnDoc, turnId } from '../sessions/session.ts';
import { endedWhole, isSilence, nextStep, type Step, type ToolUse, textOf } from '../sessions/transcript.ts';
import { answerKey, notesBelow, withUnbegun } from './answers/notes-below.ts';
import { appendHeard } from './append-heard.ts';
import { callTools, refusal, resultOf, type ToolResult } from './call-tools.ts';
import { type Caller, toolCaller } from './caller.ts';
import { watchCard } from './card/watch-card.ts';
import type { RunDeps, Wake } from './deps.ts';
import { earsOf, heldCalls, heldName, holdsSinceDone, MOST_HOLDS, turnsWithout, verdictsWanted } from './ears/ears.ts';
import { endHeard } from './ears/end-heard.ts';
import { conflictsUnsaid, MOST_TURNS_WITHOUT } from './ears/judge.ts';
import { isOpen, openRun } from './ears/open-run.ts';
import { served } from './ears/served.ts';
import { loadRun, type Run } from './load-run.ts';
import { markLeft, markRun, markWake } from './mark-messages.ts';
import { continuing, endOrPark } from './park.ts';
import { begin, count, keep } from './record.ts';
import { type Asked, askAboutHolds, askAboutRepeat } from './repeats/ask-about-repeat.ts';
import { isRepeatedAnswer } from './repeats/repeated-answer.ts';
import { repeatedCall } from './repeats/repeated-call.ts';
import { askModel } from './requests/ask-model.ts';
import { putSteps } from './steps/put-steps.ts';
import { Stopped } from './stopped.ts';
import { isWithheld, stopInLog, withheldBy, withheldRun } from './withheld.ts';
import { append, postInConversation, silent } from './write.ts';

/**
 * Ends when the answer is posted, when there is nothing new, or when a person stops the run. Throws ModelUnavailable
 * (retry later), and the signal's reason when the process is shutting down.
 */
export async function runAgent(given: RunDeps, wake: Wake, signal: AbortSignal): Promise<void> {
  const deps = notingReads(given);
  if (!wake.ends && !(await mayWake(deps, wake))) return markWake(deps, wake);
  const opened = await openSession(deps, wake);
  if (wake.ends && !opened.parked) return;
  const conversation = await deps.read.get(CONVERSATIONS, wake.conversation);
  const session = await stopInLog(deps.store, opened, wake, conversation);
  const going = continuing(wake, session);
  const record = await begin(deps, going, conversation);
  // Removes turns of earlier epochs: leftovers, and late writes of a process that did not yet know of the new epoch.
  await forget(deps.store, session.id, session.epoch - 1);
  const card = watchCard(deps, record);
  try {
    const begun = { wake: going, record, session, signal };
    const withheld = isWithheld(conversation, wake.agent) ? { over: true as const, withheld: true as const } : {};
    const ends = isWithheld(conversation, wake.agent) || session.stoppedAt > wake.seq;
    const loaded = ends ? { ...(await loadRun(deps, begun)), ...withheld } : await withPast(deps, begun);
    // A crash may have left a turn uncounted.
    let run = await count(deps, loaded);
    // A run that goes on after a crash or an answer.
    if (run.turns.some((turn) => turn.run === going.id)) await markRun(deps, run);
    while (!run.over) {
      await card.look();
      run = await step(deps, run);
    }
    await endOrPark(deps, run);
    await card.over();
    await markRun(deps, run);
    if (run.session.stoppedAt > going.seq) await markLeft(deps, going, run.turns);
  } finally {
    card.stop();
    deps.progress.clear(session);
  }
}

/**
 * Reads the thread's past, once per run. The note about what could not be read is stored, so that a retry gives the
 * same answer.
 */
async function withPast(deps: RunDeps, begun: Pick<Run, 'wake' | 'record' | 'session' | 'signal'>): Promise<Run> {
  const { record, session, signal } = begun;
  const lacks = record.lacks === undefined && (await deps.past?.(session, signal));
  const run = await loadRun(deps, begun);
  return lacks ? keep(deps, run, (doc) => ({ ...doc, lacks })) : run;
}

async function step(deps: RunDeps, run: Run): Promise<Run> {
  const next = nextStep(run.turns);
  if (run.session.stoppedAt > run.wake.seq) return stop(deps, run, next);
  // A person's stop is written to `stoppedAt` before the signal is aborted, so the line above has handled it. Any other
  // reason is a shutdown.
  if (run.signal.aborted && !(run.signal.reason instanceof Stopped)) throw run.signal.reason;
  switch (next.kind) {
    case 'news':
      return takeIn(deps, run);
    case 'ask':
      return askWhileOpen(deps, run);
    case 'park':
      return append(deps, run, { ...silent(NOTHING, run.turns), parked: next.questions });
    case 'quiet':
      return staySilent(deps, run);
    case 'resume':
      return goOn(deps, run, next);
    case 'call':
      return callUnlessWithheld(deps, run, next);
    case 'answer':
      return answer(deps, run, next);
    default:
      next satisfies never;
      return { ...run, over: true };
  }
}

/** Closes the transcript. What the agent was silent about counts as answered. A run that has answered before has answered. */
async function staySilent(deps: RunDeps, run: Run): Promise<Run> {
  const next = await append(deps, run, silent(NOTHING, run.turns));
  const answered = positionOf(run);
  await changeSession(deps.store, run.session.id, (doc) =>
    (doc.answered ?? 0) < answered ? { ...doc, answered } : doc,
  );
  return { ...next, record: { ...next.record, ending: { as: next.record.message ? 'answered' : 'silent' } } };
}

/** A run is closed here only if that happened after it took in what it asks about, or by the turn of an earlier version. */
async function askWhileOpen(deps: RunDeps, run: Run): Promise<Run> {
  const doc = await deps.read.get(CONVERSATIONS, run.session.conversation);
  const withheld = await withheldBy(deps.store, run, doc);
  if (withheld) return withheld;
  if (!doc || isOpen(doc, run.session.agent)) return askModel(deps, run);
  await openRun(deps, run, doc);
  return run;
}

/**
 * Makes the next user turn of the new messages. If there are none, the run is over. A run that is closed is opened first, so that
 * the turn holds all that the opening counts as heard.
 */
async function takeIn(deps: RunDeps, run: Run): Promise<Run> {
  const [heard, doc] = await Promise.all([
    hear(deps.read, run.session, positionOf(run), toldIn(run.turns)),
    deps.read.get(CONVERSATIONS, run.session.conversation),
  ]);
  if (makesTurn(heard)) {
    if (!doc || isOpen(doc, run.session.agent)) return appendHeard(deps, run, [], heard);
    await openRun(deps, run, doc);
    return (await withheldRun(deps, run)) ?? takeIn(deps, run);
  }
  if (await endHeard(deps, run, heard)) return { ...run, over: true };
  return (await withheldRun(deps, run)) ?? run;
}

/**
 * True if something in it asks for work. Background does not: messages from before the agent was called, a task that
 * another agent has by now, another agent’s notice that it failed, a question that was withdrawn and not erased.
 */
function makesTurn({ messages, settled }: Heard): boolean {
  return messages.some(asksForWork) || settled.some(({ state, lost, freed }) => state !== 'withdrawn' || lost || freed);
}

function asksForWork({ recalled, line, notice }: HeardMessage): boolean {
  return !recalled && !notice && (!line || line.calls);
}

/** Reads side by side what the call needs and whether it may be made. */
async function callUnlessWithheld(deps: RunDeps, run: Run, next: Extract<Step, { kind: 'call' }>): Promise<Run> {
  const [withheld, pod, heard] = await Promise.all([
    withheldRun(deps, run),
    deps.read.get(PODS, run.session.pod),
    served(deps.read, run),
  ]);
  return withheld ?? call(deps, run, next, { direct: pod?.direct ?? false, heard });
}

async function call(
  deps: RunDeps,
  run: Run,
  { turn, uses }: Extract<Step, { kind: 'call' }>,
  by: Pick<Caller, 'direct' | 'heard'>,
): Promise<Run> {
  const { session, agent, turns, signal, wake } = run;
  if (!endedWhole(turn)) {
    const cut = refusal(`Not run: your answer ended early (${turn.stopReason}). Ask again, in fewer words.`);
    return appendHeard(
      deps,
      run,
      uses.map(({ id }) => resultOf(id, cut)),
      await hear(deps.read, session, turn.position, toldIn(turns)),
    );
  }
  const asked = await askedAbout(deps, run, uses);
  if (asked) {
    const { waiting, text, parks } = asked;
    const results = uses.map(({ id }) => resultOf(id, refusal(text)));
    const heard = await hear(deps.read, session, turn.position, toldIn(turns));
    const goesOn = parks ? heard.settled.some(({ outcome }) => waiting.includes(outcome)) : makesTurn(heard);
    return appendHeard(deps, run, results, heard, { parked: goesOn ? [] : waiting });
  }
  const caller = {
    session,
    n: turn.n,
    woken: wake.seq,
    ...by,
    tools: agent.tools,
    held: holdingsOf(session, turns),
    ears: earsOf(run),
    heldCalls: new Map([...(session.waiting ?? []).map((one) => [heldName(one), one] as const), ...heldCalls(turns)]),
    refused: turns.some((one) => one.refused && one.run === wake.id),
    signal,
  };
  const { results, loaded, waiting, shows, steps, refused } = await callTools(deps, caller, uses);
  const listed = await putSteps(deps, caller, steps);
  const unsaid = await unsaidConflicts(deps, run, caller, results);
  const heard = await hear(deps.read, session, turn.position, toldIn(turns));
  const parked = makesTurn(heard) ? [] : [...new Set([...waiting, ...listed.waiting, ...unsaid.waiting])];
  const quiet = uses.some(({ name }) => name === STAY_SILENT) && !makesTurn(heard) && !failedIn(results);
  const next = await appendHeard(deps, run, [...results, ...listed.told, ...unsaid.told], heard, {
    parked: quiet ? [] : parked,
    shows,
    quiet,
    refused,
  });
  if (!loaded.length) return next;
  // Saved after the turn with the instructions, so that the transcript always contains each skill in `loaded`.
  const knowing = await changeSession(deps.store, session.id, (doc) =>
    doc.epoch === session.epoch ? { ...doc, loaded: newest([...doc.loaded, ...loaded]) } : doc,
  );
  return { ...next, session: knowing ?? next.session };
}

/** The turn is the second that gave no verdict which its calls waited for. */
async function unsaidConflicts(
  deps: RunDeps,
  { turns }: Run,
  caller: Caller,
  results: readonly ToolResult[],
): Promise<{ told: object[]; waiting: string[] }> {
  const now = results.map(({ content }) => content);
  const wanted = now.flatMap(verdictsWanted);
  if (!wanted.length) return { told: [], waiting: [] };
  const counts = turnsWithout(turns, now);
  const waited = wanted.filter((n) => (counts.get(n) ?? 0) >= MOST_TURNS_WITHOUT);
  const key = `${turnId(caller.session.id, caller.session.epoch, caller.n)}:unsaid`;
  const { lines, waiting } = await conflictsUnsaid(
    { ...deps.tools, read: deps.read },
    toolCaller(deps.store, caller),
    waited,
    key,
  );
  const told = lines.length ? [{ type: 'text', text: `You gave no verdict. ${lines.join('\n')}` }] : [];
  return { told, waiting };
}

/** Asks people about calls that are not made again by themselves. Undefined: they may be made. */
async function askedAbout(deps: RunDeps, run: Run, uses: readonly ToolUse[]): Promise<Asked | undefined> {
  if (holdsSinceDone(run.turns) >= MOST_HOLDS) return askAboutHolds(deps, run, toolHeld(run.turns, uses));
  const repeated = repeatedCall(run.turns, uses);
  return repeated && askAboutRepeat(deps, run, repeated);
}

/** The tool that the newest held call is for. */
function toolHeld(turns: readonly TurnDoc[], [use]: readonly ToolUse[]): string {
  return [...heldCalls(turns).values()].at(-1)?.name ?? use?.name ?? '';
}

function failedIn(results: readonly ToolResult[]): boolean {
  return results.some(({ is_error }) => is_error);
}

/**
 * Lets the model continue a long turn that it paused. The user turn is needed because the API refuses a request that
 * ends with an assistant turn, unless a server tool is running in that turn.
 */
async function goOn(deps: RunDeps, run: Run, { turn }: Extract<Step, { kind: 'resume' }>): Promise<Run> {
  const text = 'You paused in the midst of your answer. Go on from there.';
  return appendHeard(
    deps,
    run,
    [{ type: 'text', text }],
    await hear(deps.read, run.session, turn.position, toldIn(run.turns)),
  );
}

function newest(skills: SessionDoc['loaded']): SessionDoc['loaded'] {
  return [...new Map(skills.map((skill) => [skill.name, skill])).values()];
}

async function answer(deps: RunDeps, run: Run, { turn, text }: Extract<Step, { kind: 'answer' }>): Promise<Run> {
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
  return ended && turn.position >= run.wake.seq ? { ...next, over: true } : takeIn(deps, next);
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

/**
 * Closes open calls and turns, so that the next run finds a complete transcript. The person who stopped the run gets
 * the answer from `halt`.
 */
async function stop(deps: RunDeps, run: Run, next: Step): Promise<Run> {
  const open = stillOpen(next);
  if (open.length)
    return appendHeard(deps, run, open, {
      messages: [],
      settled: [],
      position: positionOf(run),
      heardUpTo: earsOf(run).upTo,
      people: [],
      shows: {},
    });
  if (run.turns.at(-1)?.role === 'user')
    return append(deps, run, { ...silent(NOTHING, run.turns), stopped: run.session.stoppedAt });
  const ending = run.record.ending ?? { as: 'stopped', by: run.session.stoppedAt };
  return { ...run, record: { ...run.record, ending }, over: true };
}

function stillOpen(next: Step): object[] {
  if (next.kind === 'resume') return [{ type: 'text', text: 'A person stopped you.' }];
  if (next.kind !== 'call') return [];
  const unsure = refusal('A person stopped you, perhaps after this was done: look before you try again.');
  return next.uses.map(({ id }) => resultOf(id, unsure));
}

function positionOf({ turns }: Run): number {
  return turns.at(-1)?.position ?? 0;
}
