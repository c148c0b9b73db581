// Ends the runs that wait for answers which nobody needs any more. Pure.
import { type AgentId, isAgent } from '../../../log/participant.ts';
import type { QuestionDoc } from '../question.ts';

interface EndingWake {
  agent: AgentId;
  conversation: string;
  because: string;
  ends: true;
}

/** Returns one wake for each agent and conversation. It only ends a run that waits, and asks the agent for nothing. */
export function inVain(questions: readonly QuestionDoc[]): EndingWake[] {
  const waiting = questions.flatMap(({ awaited, by: agent, conversation, message: because }): EndingWake[] =>
    awaited && isAgent(agent) ? [{ agent, conversation, because, ends: true }] : [],
  );
  return [...new Map(waiting.map((one) => [`${one.agent} ${one.conversation}`, one])).values()];
}
