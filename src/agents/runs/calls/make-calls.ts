// Makes the calls of a turn, unless people are asked about them first, and appends the turn with their results.
import { STAY_SILENT } from '../../../tools/stay-silent.ts';
import { holdingsOf } from '../../news/held.ts';
import { hear } from '../../sessions/hearing/hear.ts';
import { toldIn } from '../../sessions/hearing/hear-settled.ts';
import { changeSession, type SessionDoc, type TurnDoc, turnId } from '../../sessions/session.ts';
import { endedWhole, type Step, type ToolUse } from '../../sessions/transcript.ts';
import { appendHeard, hearWithNews } from '../append-heard.ts';
import type { RunDeps } from '../deps.ts';
import { earsOf, heldCalls, heldName, holdsSinceDone, MOST_HOLDS, turnsWithout, verdictsWanted } from '../ears/ears.ts';
import { conflictsUnsaid, MOST_TURNS_WITHOUT } from '../ears/judge.ts';
import { served } from '../ears/served.ts';
import { makesTurn } from '../ears/take-in-news.ts';
import type { Run } from '../load-run.ts';
import { type Asked, askAboutHolds, askAboutRepeat } from '../repeats/ask-about-repeat.ts';
import { repeatedCall } from '../repeats/repeated-call.ts';
import { putSteps } from '../steps/put-steps.ts';
import { withheldBy } from '../withheld.ts';
import { callTools, refusal, resultOf, type ToolResult } from './call-tools.ts';
import { type Caller, toolCaller } from './caller.ts';

/** Goes by what was read together with the turn. The gate asks again on the snapshot of the commit. */
export async function makeCalls(deps: RunDeps, run: Run, next: Extract<Step, { kind: 'call' }>): Promise<Run> {
  const withheld = await withheldBy(deps.store, run, run.conversation);
  return withheld ?? call(deps, run, next, { direct: run.direct, heard: await served(deps.read, run) });
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
  const { results, loaded, waiting, shows, steps, refused, applied } = await callTools(deps, caller, uses);
  const listed = await putSteps(deps, caller, steps);
  const unsaid = await unsaidConflicts(deps, run, caller, results);
  const { heard, differences } = await hearWithNews(deps, run, turn.position, { shows, applied });
  const parked = makesTurn(heard) ? [] : [...new Set([...waiting, ...listed.waiting, ...unsaid.waiting])];
  const quiet = uses.some(({ name }) => name === STAY_SILENT) && !makesTurn(heard) && !failedIn(results);
  const next = await appendHeard(deps, run, [...results, ...listed.told, ...unsaid.told], heard, {
    parked: quiet ? [] : parked,
    shows,
    quiet,
    refused,
    differences,
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

function newest(skills: SessionDoc['loaded']): SessionDoc['loaded'] {
  return [...new Map(skills.map((skill) => [skill.name, skill])).values()];
}
