// Asks people about a call that can't go on by itself, and parks the run until they answer: the model repeats it, or what
// people write has held it again and again.
import { UserFacingError } from '../../../errors.ts';
import { askersOf } from '../../../pods/members/askers.ts';
import type { WaitResult } from '../../../pods/questions/wait-for.ts';
import type { ToolUse } from '../../sessions/transcript.ts';
import type { RunDeps } from '../deps.ts';
import { HELD_TOO_OFTEN } from '../ears/ears.ts';
import type { Run } from '../load-run.ts';
import { heardIn } from '../write.ts';

export interface Asked {
  /** The ids of the questions for which the run waits; empty if nobody can be asked. */
  waiting: string[];
  /** A sentence for the model. */
  text: string;
  /** Set if the run waits although people have written meanwhile: that is what keeps it from going on. */
  parks?: true;
}

interface About {
  question: string;
  options: readonly string[];
  /** Why the call was not made, as a sentence for the model. */
  why: string;
}

export function askAboutRepeat(deps: RunDeps, run: Run, { name }: ToolUse): Promise<Asked> {
  const { fill } = deps.texts;
  return askAbout(deps, run, {
    question: fill('agent-notices', 'repeats', { tool: name }),
    options: [fill('agent-notices', 'repeats-again'), fill('agent-notices', 'repeats-leave')],
    why: 'Not run: you have made this very call twice, and it came to the same.',
  });
}

export async function askAboutHolds(deps: RunDeps, run: Run, name: string): Promise<Asked> {
  const { fill } = deps.texts;
  const asked = await askAbout(deps, run, {
    question: fill('agent-notices', 'held', { tool: name }),
    options: [fill('agent-notices', 'held-go-on'), fill('agent-notices', 'held-leave')],
    why: HELD_TOO_OFTEN,
  });
  return { ...asked, parks: true };
}

/** Puts the question to the newest asker, else to the owners. A repeat after a crash asks nothing new. */
async function askAbout(deps: RunDeps, run: Run, { question, options, why }: About): Promise<Asked> {
  const { session, turns } = run;
  const asker = heardIn(session, turns).at(-1);
  for (const to of asker ? [asker, 'owners'] : ['owners'])
    try {
      const asked = await act<{ question: { number: string } }>(deps, run, 'ask_about_call', {
        to: [to],
        question,
        options: [...options],
      });
      const waits = await act<WaitResult>(deps, run, 'wait_for', { questions: [asked.question.number] });
      const waiting = (waits.waiting ?? []).map(({ id }) => id);
      return {
        waiting,
        text: `${why} People were asked what to do (${asked.question.number}): wait for their answer.`,
      };
    } catch (error) {
      // The asker may have left meanwhile. Anything else is no refusal, and is tried again.
      if (!(error instanceof UserFacingError)) throw error;
    }
  return { waiting: [], text: `${why} Do something else, or say what stops you.` };
}

async function act<R>(deps: RunDeps, { session, turns }: Run, action: string, input: object): Promise<R> {
  const { id, pod, agent, conversation, epoch } = session;
  const { result } = await deps.act<R>({
    ...{ pod, actor: agent, ...askersOf(heardIn(session, turns)), via: 'model', action, input, conversation },
    key: `${id}:repeats:${epoch}:${turns.at(-1)?.n ?? 0}:${action}`,
  });
  return result;
}
