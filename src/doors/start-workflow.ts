// Starts a workflow as a line of a person says it, from Slack or by mail.
import type { Reader } from '../log/action.ts';
import type { AgentId } from '../log/participant.ts';
import type { ConversationDoc } from '../pods/conversations/conversation.ts';
import { isActive } from '../pods/tasks/graph/ready.ts';
import { TASKS, type TaskDoc } from '../pods/tasks/task.ts';
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
  /** The task for which it is started, and which joins it. */
  subject?: TaskDoc | undefined;
}

interface Began {
  words: { workflow: string; number: number; steps: string };
  /** The number of the task that has joined it. */
  joined?: number;
  wakes: AgentId[];
}

/** `words`: the fields of the text that says what was started. */
export async function startWorkflow(
  deps: EnterDeps,
  asked: Omit<Entry, 'action' | 'input'>,
  { name, about, roles, conversation, subject }: ToStart,
): Promise<Began> {
  const titleRef = about ? undefined : conversation?.titleRef;
  const title = titleRef ? (await deps.read.texts([titleRef])).get(titleRef) : undefined;
  const said = about ?? title?.slice(0, MOST_CHARS);
  const input = {
    ...{ workflow: name, roles: [...roles] },
    ...(said ? { about: said } : {}),
    ...(conversation ? { conversation: conversation.id } : {}),
  };
  const { result } = await enter<Started>(deps, { ...asked, action: 'start_workflow', input });
  const began = { words: startedWords(result), wakes: result.wakesWith ?? [] };
  if (!subject) return began;
  const joins = { task: subject.id, into: `#${result.workflow.task}` };
  await enter(deps, { ...asked, action: 'merge_tasks', input: joins, key: `${asked.key}:joins` });
  return { ...began, joined: subject.number };
}

/**
 * Returns the task that a workflow takes in if it is started in reply to a mail or a notice: the one that the reply is about,
 * else the only open one of the conversation. Undefined if it is a part of other work, or over.
 */
export async function subjectOf(
  { get, find }: Pick<Reader, 'get' | 'find'>,
  { task, conversation }: { task?: string | undefined; conversation?: ConversationDoc | undefined },
): Promise<TaskDoc | undefined> {
  const where = { conversation: conversation?.id ?? '' };
  const among = task ? [await get(TASKS, task)] : await find(TASKS, { where, limit: MOST_TASKS });
  const [only, ...others] = among.filter((one): one is TaskDoc => one !== undefined && isActive(one));
  return only && !others.length && !only.parent && !only.workflow ? only : undefined;
}

const MOST_TASKS = 100;

/** Returns the fields of the text that says what was started. */
export function startedWords({ workflow }: Started): { workflow: string; number: number; steps: string } {
  const steps = workflow.steps.map(({ task, assignee }) => `#${task}${assignee ? ` (${assignee})` : ''}`).join(', ');
  return { workflow: workflow.name, number: workflow.task, steps };
}

const MOST_CHARS = 150;
