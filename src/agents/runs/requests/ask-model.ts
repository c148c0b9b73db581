// Asks the model for the next turn of a run, within the budget, and handles its refusals.

import { DEFAULT_CONTEXT } from '../../../pods/agent-definitions/agent-words.ts';
import { budgetWords, DAY_TOKENS, isOwnersApproval, rootBudget, type Shared, usedUp } from '../../budget/spending.ts';
import { dayOf } from '../../budget/totals.ts';
import { cacheMarks, withSystem } from '../../model/cache-marks.ts';
import { ModelRefusedKey, ModelRefusedRequest, ModelStopped } from '../../model/errors.ts';
import type { ModelTurn } from '../../model/model.ts';
import { beginAfresh, prefixOf } from '../../sessions/open-session.ts';
import { messageText, withFreshIds, withoutCalls } from '../../sessions/sendable.ts';
import { changeSession, type PrefixDoc, type SessionDoc } from '../../sessions/session.ts';
import { contextLength } from '../../sessions/transcript.ts';
import type { RunDeps } from '../deps.ts';
import { endAnyway } from '../ears/end-heard.ts';
import { loadRun, type Run } from '../load-run.ts';
import { count, keep } from '../record.ts';
import { stopped } from '../stopped.ts';
import { append, type NewTurn, postInConversation, silent } from '../write.ts';
import { requestsOf } from './past-requests.ts';
import { untilErased } from './until-erased.ts';

const MOST_OUTPUT = 16_000;

/**
 * The refusals after which the run starts a new epoch. The same transcript would be refused again, but the log still
 * holds everything.
 */
const MENDED_AFRESH: ReadonlySet<string> = new Set(['context_too_long', 'prefix_mismatch']);

/** Requests one turn and saves it. The run is over when a budget is used up. */
export async function askModel(deps: RunDeps, run: Run): Promise<Run> {
  const { session, turns, agent, record: spent } = run;
  const over = usedUp(agent.budget, spent, sharedOf(run));
  if (over && !(over === 'day' && (await isOwnersApproval(deps.read, spent)))) return pause(deps, run, over);
  // A new epoch begins only before the run's first turn. After it, only the transcript tells the model what it has
  // already done.
  if (contextLength(turns) > (agent.budget.context ?? DEFAULT_CONTEXT) && spent.turns === 0) {
    await beginAfresh(deps, session);
    return loadRun(deps, run);
  }
  deps.progress.show(session, 'is thinking…');
  const prefix = run.prefix?.id === session.prefix ? run.prefix : await prefixOf(deps.store, session);
  if (!prefix) {
    await beginAfresh(deps, session);
    return loadRun(deps, run);
  }
  const changed = await untilErased(deps, run);
  if (changed) return changed;
  const turn = await answered(deps, run, prefix);
  if ('wake' in turn) return loadRun(deps, turn);
  const made: NewTurn = {
    role: 'assistant',
    content: turn.stopReason === 'refusal' ? withoutCalls(turn.content) : withFreshIds(turn.content, turns),
    position: turns.at(-1)?.position ?? 0,
    stopReason: turn.stopReason,
    usage: turn.usage,
    ...(turn.refusal ? { refusal: turn.refusal } : {}),
  };
  const next = await count(deps, await append(deps, { ...run, prefix }, made));
  // The next request would contain the same transcript, and would not fit either.
  if (turn.stopReason === 'model_context_window_exceeded') await changeSession(deps.store, session.id, worn);
  return next;
}

function sharedOf({ totals }: Run): Shared {
  return { root: totals?.root.tokens ?? 0, day: totals?.day.tokens ?? 0 };
}

export function budgetNews(run: Run): string {
  return budgetWords(run.agent.budget, run.record, sharedOf(run));
}

async function pause(deps: RunDeps, run: Run, over: 'run' | 'root' | 'day'): Promise<Run> {
  if (over === 'day') await sayDayIsOver(deps, run);
  else await postInConversation(deps, run, pausedBy(deps, over, run), 'budget');
  await endAnyway(deps, run);
  const paused = await keep(deps, run, (record) => ({ ...record, ending: { as: 'paused', budget: over } }));
  const text = 'I paused here: my budget for this request was used up.';
  return { ...(await append(deps, paused, silent(text, run.turns))), over: true };
}

function pausedBy({ texts }: RunDeps, over: 'run' | 'root', run: Run): string {
  if (over === 'run') return texts.fill('agent-notices', 'paused', { turns: run.record.turns });
  return texts.fill('agent-notices', 'paused-together', { millions: millions(rootBudget(run.agent.budget)) });
}

/**
 * Posts that the day's budget is used up, once a day in each conversation. The act has no `onBehalfOf`, so that it is
 * the same act whoever asked.
 */
async function sayDayIsOver(deps: RunDeps, { session }: Run): Promise<void> {
  const { pod, agent, conversation } = session;
  const text = deps.texts.fill('agent-notices', 'paused-today', { millions: millions(DAY_TOKENS) });
  const key = `${session.id}:day:${dayOf(deps.clock())}`;
  await deps.act({ pod, actor: agent, via: 'model', action: 'post_message', input: { conversation, text }, key });
}

function millions(tokens: number): number {
  return tokens / 1e6;
}

/**
 * Returns the model's turn. Returns the run instead if it handled a refusal; the caller then reads the transcript
 * again.
 */
async function answered(deps: RunDeps, run: Run, prefix: PrefixDoc): Promise<ModelTurn | Run> {
  const { session, turns, signal } = run;
  const now = deps.clock();
  try {
    return await deps.model.turn({
      model: session.model,
      system: prefix.system,
      tools: prefix.tools,
      messages: turns.map(messageText),
      marks: withSystem(cacheMarks(requestsOf(turns, prefix, now)), deps.prefixLife(prefix.id, now)),
      maxTokens: MOST_OUTPUT,
      signal,
      onTool: (name) => deps.progress.show(session, `is using ${name.replaceAll('_', ' ')}…`),
    });
  } catch (error) {
    if (error instanceof ModelStopped && signal.aborted) {
      if (stopped(signal)) return run;
      throw signal.reason;
    }
    if (error instanceof ModelRefusedRequest && MENDED_AFRESH.has(error.reason) && turns.length > 1) {
      deps.logger.warn('session begins afresh', { session: session.id, reason: error.reason });
      await beginAfresh(deps, session);
      return run;
    }
    if (error instanceof ModelRefusedKey || error instanceof ModelRefusedRequest) {
      const text = deps.texts.fill('agent-notices', 'refused', { reason: error.message });
      await postInConversation(deps, run, text, `refused:${session.epoch}:${turns.length}`, {
        action: 'report_failure',
      });
      const failed = await keep(deps, run, (record) => ({ ...record, ending: { as: 'failed', why: 'refused' } }));
      await append(deps, failed, silent('I could not work: the model refused the request.', turns));
      // The API refuses something in the transcript, and we do not know what. The next run starts a new epoch.
      if (error instanceof ModelRefusedRequest && error.reason === 'other')
        await changeSession(deps.store, session.id, worn);
      return failed;
    }
    throw error;
  }
}

function worn(session: SessionDoc): SessionDoc {
  return { ...session, worn: true };
}
