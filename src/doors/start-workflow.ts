// Starts a workflow as a line of a person says it, from Slack or by mail.
import type { AgentId } from '../log/participant.ts';
import type { ConversationDoc } from '../pods/conversations/conversation.ts';
import { type EnterDeps, type Entry, enter } from './enter.ts';

/** The result of start_workflow. */
export interface Started {
  workflow: { name: string; task: number; steps: { task: number; title: string; assignee?: string }[] };
  wakesWith?: AgentId[];
}

export interface ToStart {
  name: string;
  about?: string;
  roles: readonly string[];
  /** Where it is started. Absent: it gets a conversation of its own. */
  conversation?: ConversationDoc;
}

/** `words`: the fields of the text that says what was started. */
export async function startWorkflow(
  deps: EnterDeps,
  asked: Omit<Entry, 'action' | 'input'>,
  { name, about, roles, conversation }: ToStart,
): Promise<{ words: { workflow: string; number: number; steps: string }; wakes: AgentId[] }> {
  const titleRef = about ? undefined : conversation?.titleRef;
  const title = titleRef ? (await deps.read.texts([titleRef])).get(titleRef) : undefined;
  const said = about ?? title?.slice(0, MOST_CHARS);
  const input = {
    ...{ workflow: name, roles: [...roles] },
    ...(said ? { about: said } : {}),
    ...(conversation ? { conversation: conversation.id } : {}),
  };
  const { result } = await enter<Started>(deps, { ...asked, action: 'start_workflow', input });
  return { words: startedWords(result), wakes: result.wakesWith ?? [] };
}

/** Returns the fields of the text that says what was started. */
export function startedWords({ workflow }: Started): { workflow: string; number: number; steps: string } {
  const steps = workflow.steps.map(({ task, assignee }) => `#${task}${assignee ? ` (${assignee})` : ''}`).join(', ');
  return { workflow: workflow.name, number: workflow.task, steps };
}

const MOST_CHARS = 150;
