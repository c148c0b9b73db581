// Asking the model for the next turn of a run: within its budget, and with a clear end for whatever it refuses.
import { loadRun, type Run } from './load-run.ts';
import type { ModelTurn } from './model.ts';
import { ModelRefusedKey, ModelRefusedRequest, ModelStopped } from './model-errors.ts';
import { beginAfresh, prefixOf } from './open-session.ts';
import type { RunDeps } from './run.ts';
import { append, type NewTurn, say, silent } from './say.ts';
import { messageText, type PrefixDoc } from './session.ts';
import { stopped } from './stopped.ts';
import { contextLength, SILENCE, type Spent, spentBy } from './transcript.ts';

/** Beyond this many tokens the session goes on in a new epoch. */
const LONGEST_CONTEXT = 150_000;
const MOST_OUTPUT = 16_000;
/** An answer without content can't be sent again: the API refuses an empty turn. */
const NOTHING_SAID = JSON.stringify([{ type: 'text', text: SILENCE }]);
/** The agent is told when so much of its budget is used. */
const NEARLY = 0.8;

/** One turn of the model, saved. Undefined when the run is over: its budget is used up. */
export async function askModel(deps: RunDeps, run: Run): Promise<Run | undefined> {
  const { session, turns, agent } = run;
  const spent = spentIn(run);
  if (spent.turns >= agent.budget.turns || spent.tokens >= agent.budget.tokens) return pause(deps, run, spent);
  // Only before the work begins: in the midst of it the model knows what it did from its transcript alone.
  if (contextLength(turns) > LONGEST_CONTEXT && spent.turns === 0) {
    await afresh(deps, run);
    return loadRun(deps, run);
  }
  deps.progress.show(session, 'is thinking…');
  const prefix = run.prefix?.id === session.prefix ? run.prefix : await prefixOf(deps.store, session);
  const turn = await answered(deps, run, prefix);
  if (!turn) return loadRun(deps, run);
  const made: NewTurn = {
    role: 'assistant',
    content: turn.content === '[]' ? NOTHING_SAID : turn.content,
    position: turns.at(-1)?.position ?? 0,
    stopReason: turn.stopReason,
    usage: turn.usage,
    ...(turn.refusal ? { refusal: turn.refusal } : {}),
  };
  return append(deps, { ...run, prefix }, made);
}

export function budgetNews(run: Run): string {
  const { turns, tokens } = spentIn(run);
  const { budget } = run.agent;
  if (turns < budget.turns * NEARLY && tokens < budget.tokens * NEARLY) return '';
  return `<budget>Nearly used up: ${Math.max(budget.turns - turns, 0)} turns left. Finish, and say what is open.</budget>`;
}

function spentIn({ turns, wake, session }: Run): Spent {
  return spentBy(turns, wake.id, session.spent);
}

async function pause(deps: RunDeps, run: Run, { turns }: Spent): Promise<undefined> {
  const text = `I paused: this took ${turns} turns, which is all I may spend on one request. Write “go on” and I continue from here.`;
  await say(deps, run, text, 'budget');
  await append(deps, run, silent('I paused here: my budget for this request was used up.', run.turns));
  return undefined;
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
    if (error instanceof ModelRefusedRequest && error.reason !== 'unknown_model' && turns.length > 1) {
      // Too long, or bound to another prefix: the log still says everything, so the session begins afresh.
      deps.log('session begins afresh', { session: session.id, reason: error.reason });
      await afresh(deps, run);
      return undefined;
    }
    if (error instanceof ModelRefusedKey || error instanceof ModelRefusedRequest) {
      const text = `I can't work at the moment: ${error.message}`;
      await say(deps, run, text, `refused:${session.epoch}:${turns.length}`, 'report_failure');
      await append(deps, run, silent('I could not work: the model refused the request.', turns));
      return undefined;
    }
    throw error;
  }
}

/** What the run has spent counts on: a run that always begins afresh must end too. */
function afresh(deps: RunDeps, run: Run): Promise<void> {
  return beginAfresh(deps, run.session, { run: run.wake.id, ...spentIn(run) });
}
