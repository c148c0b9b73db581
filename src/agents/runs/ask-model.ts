// Asking the model for the next turn of a run: within its budget, and with a clear end for whatever it refuses.

import {
  budgetWords,
  charge,
  DAY_TOKENS,
  dayOf,
  isOwnersWord,
  rootBudget,
  sharedWith,
  usedUp,
} from '../budget/spending.ts';
import { ModelRefusedKey, ModelRefusedRequest, ModelStopped } from '../model/errors.ts';
import type { ModelTurn } from '../model/model.ts';
import { beginAfresh, prefixOf } from '../sessions/open-session.ts';
import { messageText, withFreshIds, withoutCalls } from '../sessions/sendable.ts';
import { changeSession, type PrefixDoc, type SessionDoc, type Spent } from '../sessions/session.ts';
import { contextLength, spentBy } from '../sessions/transcript.ts';
import type { RunDeps } from './deps.ts';
import { loadRun, type Run } from './load-run.ts';
import { append, type NewTurn, say, silent } from './say.ts';
import { stopped } from './stopped.ts';

/** Beyond this many tokens the session goes on in a new epoch. */
const LONGEST_CONTEXT = 150_000;
const MOST_OUTPUT = 16_000;

/** Too long, or bound to another prefix: the log still says everything. What else is refused might be so again. */
const MENDED_AFRESH: ReadonlySet<string> = new Set(['context_too_long', 'prefix_mismatch']);

/** One turn of the model, saved. Undefined when the run is over: its budget is used up. */
export async function askModel(deps: RunDeps, run: Run): Promise<Run | undefined> {
  const { session, turns, agent } = run;
  const spent = spentIn(run);
  const charged = await charge(deps, run.wake.id, session, spent.tokens);
  const shared = await sharedWith(deps, charged);
  const over = usedUp(agent.budget, spent, shared);
  if (over && !(over === 'day' && (await isOwnersWord(deps.read, charged)))) return pause(deps, run, over);
  // Only before the work begins: in the midst of it the model knows what it did from its transcript alone.
  if (contextLength(turns) > LONGEST_CONTEXT && spent.turns === 0) {
    await afresh(deps, run);
    return loadRun(deps, run);
  }
  deps.progress.show(session, 'is thinking…');
  const prefix = run.prefix?.id === session.prefix ? run.prefix : await prefixOf(deps.store, session);
  if (!prefix) {
    await afresh(deps, run);
    return loadRun(deps, run);
  }
  const turn = await answered(deps, run, prefix);
  if (!turn) return loadRun(deps, run);
  const made: NewTurn = {
    role: 'assistant',
    content: turn.stopReason === 'refusal' ? withoutCalls(turn.content) : withFreshIds(turn.content, turns),
    position: turns.at(-1)?.position ?? 0,
    stopReason: turn.stopReason,
    usage: turn.usage,
    ...(turn.refusal ? { refusal: turn.refusal } : {}),
  };
  const next = await append(deps, { ...run, prefix }, made);
  const now = spentIn(next).tokens;
  // A crash before this leaves a turn to be counted with the next; an answer without a next is one turn that counts nowhere.
  await charge(deps, run.wake.id, session, now);
  const more = now - spent.tokens;
  // The same again would not fit either, whatever the model's window is.
  if (turn.stopReason === 'model_context_window_exceeded') await changeSession(deps.store, session.id, worn);
  return { ...next, shared: { root: shared.root + more, day: shared.day + more } };
}

export function budgetNews(run: Run): string {
  return budgetWords(run.agent.budget, spentIn(run), run.shared ?? { root: 0, day: 0 });
}

function spentIn({ turns, wake, session }: Run): Spent {
  return spentBy(turns, wake.id, session.spent);
}

async function pause(deps: RunDeps, run: Run, over: 'run' | 'root' | 'day'): Promise<undefined> {
  if (over === 'day') await sayDayIsOver(deps, run);
  else await say(deps, run, pausedBy(over, run), 'budget');
  await append(deps, run, silent('I paused here: my budget for this request was used up.', run.turns));
  return undefined;
}

function pausedBy(over: 'run' | 'root', run: Run): string {
  const why =
    over === 'run'
      ? `this took ${spentIn(run).turns} turns, which is all I may spend on one request`
      : `all agents at work on this request have used ${millions(rootBudget(run.agent.budget))} tokens together, which is all they may`;
  return `I paused: ${why}. Write “go on” and I continue from here.`;
}

/** Once a day in each conversation, whoever asks: on nobody's behalf, so that it is the same act each time. */
async function sayDayIsOver(deps: RunDeps, { session }: Run): Promise<void> {
  const { pod, agent, conversation } = session;
  const text = `I paused: the agents of this pod have used their ${millions(DAY_TOKENS)} tokens of today. There are new ones from midnight (UTC): ask me again then. An owner of the pod who writes “go on” here lets me continue now.`;
  const key = `${session.id}:day:${dayOf(deps.clock())}`;
  await deps.act({ pod, actor: agent, via: 'model', action: 'post_message', input: { conversation, text }, key });
}

function millions(tokens: number): string {
  return `${tokens / 1e6} million`;
}

/** Undefined: something was mended or said, and the transcript is to be read again. */
async function answered(deps: RunDeps, run: Run, { system, tools }: PrefixDoc): Promise<ModelTurn | undefined> {
  const { session, turns, signal } = run;
  try {
    return await deps.model.turn({
      model: session.model,
      system,
      tools,
      messages: turns.map(messageText),
      maxTokens: MOST_OUTPUT,
      signal,
      onTool: (name) => deps.progress.show(session, `is using ${name.replaceAll('_', ' ')}…`),
    });
  } catch (error) {
    if (error instanceof ModelStopped && signal.aborted) {
      if (stopped(signal)) return undefined;
      throw signal.reason;
    }
    if (error instanceof ModelRefusedRequest && MENDED_AFRESH.has(error.reason) && turns.length > 1) {
      deps.log.warn('session begins afresh', { session: session.id, reason: error.reason });
      await afresh(deps, run);
      return undefined;
    }
    if (error instanceof ModelRefusedKey || error instanceof ModelRefusedRequest) {
      const text = `I can't work at the moment: ${error.message}`;
      await say(deps, run, text, `refused:${session.epoch}:${turns.length}`, 'report_failure');
      await append(deps, run, silent('I could not work: the model refused the request.', turns));
      // Whatever it is in the transcript, the next request does not bring it again.
      if (error instanceof ModelRefusedRequest && error.reason === 'other')
        await changeSession(deps.store, session.id, worn);
      return undefined;
    }
    throw error;
  }
}

function worn(session: SessionDoc): SessionDoc {
  return { ...session, worn: true };
}

/** What the run has spent counts on: a run that always begins afresh must end too. */
function afresh(deps: RunDeps, run: Run): Promise<void> {
  return beginAfresh(deps, run.session, { run: run.wake.id, ...spentIn(run) });
}
