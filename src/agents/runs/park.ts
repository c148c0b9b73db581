// Ends a run, or parks it until its questions are answered. A parked run uses no memory and no connection until a wake
// continues it.

import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { writtenBy } from '../../pods/files/written.ts';
import { numberOf, QUESTIONS, type QuestionDoc, type Why } from '../../pods/questions/question.ts';
import { hearingOf, withTasks } from '../../pods/questions/settling/hearing.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import type { Store } from '../../store/port.ts';
import { changeSession, type SessionDoc, sessionId, type TurnDoc } from '../sessions/session.ts';
import { toolUses } from '../sessions/transcript.ts';
import type { RunDeps, Wake } from './deps.ts';
import type { Run } from './load-run.ts';
import { finish, keep, runsIn, waitsForPeople, waitsForQuestions } from './record.ts';

/** Returns the wake with the id of the parked run that it continues; unchanged if no run is parked. */
export function continuing(wake: Wake, { parked }: Pick<SessionDoc, 'parked'>): Wake {
  return parked ? { ...wake, id: parked.run } : wake;
}

/** Returns the id of the run to which a wake belongs: the parked run if there is one. */
export async function runOf(
  store: Store,
  { id, agent, conversation }: Pick<Wake, 'id' | 'agent' | 'conversation'>,
): Promise<string> {
  const session = await store.collection<SessionDoc>('sessions').get(sessionId(agent, conversation));
  return session?.parked?.run ?? id;
}

export async function endOrPark(deps: RunDeps, run: Run): Promise<void> {
  if (run.withheld) return parkWithheld(deps, run);
  await giveWritten(deps, run);
  const questions = await waitedFor(deps.read, run);
  if (!questions.length) {
    if (run.session.parked) await unpark(deps.store, run.session.id);
    return finish(deps, ended(run));
  }
  const ids = questions.map(({ id }) => id);
  // Written before the run's document. If the process crashes in between, the next wake still finds the run.
  await changeSession(deps.store, run.session.id, (doc) => ({ ...doc, parked: { run: run.wake.id, questions: ids } }));
  await keep(deps, run, (record) => waitsForQuestions(deps, run, record, questions.map(numberOf)));
}

/** The run was ended by the commit that took its question away, unless it has found something else to do. */
function ended(run: Run): Run {
  const { wake, record } = run;
  if (!wake.ends || record.ending) return run;
  return { ...run, record: { ...record, ending: { as: 'stopped', by: wake.seq } } };
}

/** The run goes on by the wake of the commit that lifts it: same session, same transcript, same budget. */
async function parkWithheld(deps: RunDeps, run: Run): Promise<void> {
  await changeSession(deps.store, run.session.id, (doc) => ({
    ...doc,
    parked: { run: run.wake.id, questions: doc.parked?.questions ?? [] },
  }));
  await keep(deps, run, (record) => waitsForPeople(deps, run, record));
}

/** Hands over the files that the run wrote and that no message of it has taken along. */
async function giveWritten({ read, act, texts }: RunDeps, { session, wake, turns }: Run): Promise<void> {
  if (!turns.some((turn) => turn.run === wake.id && writesFile(turn))) return;
  const { pod, conversation, agent } = session;
  const { written } = (await read.get(CONVERSATIONS, conversation)) ?? {};
  if (!writtenBy(written, agent).length) return;
  const input = { conversation, text: texts.fill('agent-file', 'run-ended') };
  await act({ pod, actor: agent, via: 'model', action: 'give_files', input, key: `${wake.id}:files:${turns.length}` });
}

function writesFile(turn: TurnDoc): boolean {
  return turn.role === 'assistant' && toolUses(turn).some(({ name }) => name === 'put_file');
}

/** Returns the questions for which the run parks now, or the open ones for which it parked earlier. */
async function waitedFor(read: Reader, { turns, session, record }: Run) {
  if (record.ending && record.ending.as !== 'answered' && record.ending.as !== 'silent') return [];
  const now = turns.at(-1)?.parked;
  const ids = now ?? session.parked?.questions ?? [];
  const found = await Promise.all(ids.map((id) => read.get(QUESTIONS, id)));
  const put = await withTasks(
    read,
    found.filter((one) => one !== undefined),
  );
  // Somebody else gets the answers if they have the task by now.
  const all = put
    .filter((one) => (one.question.hearer ?? hearingOf(one).hearer) === session.agent)
    .map(({ question }) => question);
  const open = all.filter(({ state }) => state === 'open');
  // All questions were settled meanwhile. The run still parks: the wake of an answer is on its way, and continues this
  // run. None comes for a question that is taken back.
  return open.length || !now ? open : all.filter((one) => !isOver(one));
}

const OVER: readonly Why[] = ['asker', 'stopped', 'done', 'dropped', 'given_on'];

function isOver({ withdrawn }: QuestionDoc): boolean {
  return withdrawn !== undefined && OVER.includes(withdrawn.why);
}

export async function unpark(store: Store, session: string): Promise<void> {
  await changeSession(store, session, (doc) => {
    const { parked, ...rest } = doc;
    return parked ? rest : doc;
  });
}

function isParked(run: RunDoc | undefined): run is RunDoc {
  return run?.waits?.for === 'questions' || run?.waits?.for === 'people';
}

/** Ends a parked run when a person stops it. The session still names the run. A run that is working ends itself. */
export async function stopParked(
  deps: Pick<RunDeps, 'store' | 'clock'>,
  { parked }: Pick<SessionDoc, 'parked'>,
  seq: number,
): Promise<RunDoc | undefined> {
  if (!parked) return undefined;
  const runs = runsIn(deps.store);
  for (let run = await runs.get(parked.run); isParked(run); run = await runs.get(parked.run)) {
    const { waits: _waits, ...rest } = run;
    const ended = {
      ...rest,
      state: 'ended' as const,
      endedAt: deps.clock(),
      ending: { as: 'stopped' as const, by: seq },
    };
    if (await runs.replace(ended, run.rev)) return ended;
  }
  return runs.get(parked.run);
}
