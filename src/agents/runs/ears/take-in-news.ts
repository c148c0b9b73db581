// Takes in what is new in a conversation, as the next user turn of a run. Where nothing is, the run ends.
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { type Heard, hear } from '../../sessions/hearing/hear.ts';
import { toldIn } from '../../sessions/hearing/hear-settled.ts';
import type { HeardMessage } from '../../sessions/hearing/heard-message.ts';
import { appendHeard } from '../append-heard.ts';
import type { RunDeps } from '../deps.ts';
import { positionOf, type Run } from '../load-run.ts';
import { withheldRun } from '../withheld.ts';
import { endHeard } from './end-heard.ts';
import { isOpen, openRun } from './open-run.ts';

/**
 * Makes the next user turn of the new messages. If there are none, the run is over. A run that is closed is opened first, so that
 * the turn holds all that the opening counts as heard.
 */
export async function takeInNews(deps: RunDeps, run: Run): Promise<Run> {
  const [heard, doc] = await Promise.all([
    hear(deps.read, run.session, positionOf(run), toldIn(run.turns)),
    deps.read.get(CONVERSATIONS, run.session.conversation),
  ]);
  if (makesTurn(heard)) {
    if (!doc || isOpen(doc, run.session.agent)) return appendHeard(deps, run, [], heard);
    await openRun(deps, run, doc);
    return (await withheldRun(deps, run)) ?? takeInNews(deps, run);
  }
  if (await endHeard(deps, run, heard)) return { ...run, over: true };
  return (await withheldRun(deps, run)) ?? run;
}

/**
 * True if something in it asks for work. Background does not: messages from before the agent was called, a task that
 * another agent has by now, another agent’s notice that it failed, a question that was withdrawn and not erased.
 */
export function makesTurn({ messages, settled }: Heard): boolean {
  return messages.some(asksForWork) || settled.some(({ state, lost, freed }) => state !== 'withdrawn' || lost || freed);
}

function asksForWork({ recalled, line, notice }: HeardMessage): boolean {
  return !recalled && !notice && (!line || line.calls);
}
