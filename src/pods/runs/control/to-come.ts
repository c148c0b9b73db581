// Finds where agents will be woken for a request: their tasks that fall due or wait for other tasks, and their open questions.
import type { Reader } from '../../../log/action.ts';
import { type AgentId, isAgent, type ParticipantId } from '../../../log/participant.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import { shownDate } from '../../local-time.ts';
import { agentsIn } from '../../members/members-of.ts';
import { numberOf, QUESTIONS } from '../../questions/question.ts';
import { waits } from '../../tasks/graph/ready.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../tasks/task.ts';
import { RUNS } from '../run.ts';
import { listOf } from './line.ts';

/** The most tasks and questions of agents that are looked through. */
const MOST_LATER = 200;
/** The newest runs of a request, whose conversations are looked through for tasks that wait. */
const MOST_RUNS = 50;

export interface ToCome {
  pod: string;
  conversation: string;
  agent: AgentId;
  /** When the agent will be woken there, as “on #7 (Fri 4 Dec)”. */
  later: string;
}

/** `conversation`: that of the stop, in which tasks of agents may wait that have never worked there. */
export async function toCome(
  read: Reader,
  { pod, conversation, roots }: { pod: string; conversation: string; roots: ReadonlySet<string> },
): Promise<ToCome[]> {
  const agents = await agentsIn(read, pod);
  const due = { assignee: { in: agents }, state: { in: [...ACTIVE] }, due: { gte: '0' } };
  const [tasks, questions, waiting] = await Promise.all([
    read.find(TASKS, { where: due, limit: MOST_LATER }),
    read.find(QUESTIONS, { where: { by: { in: agents }, state: 'open' }, limit: MOST_LATER }),
    waitingTasks(read, conversation, roots),
  ]);
  const found = [
    ...[
      ...questions.flatMap((one) => at(one, one.by, `with the answer to ${numberOf(one)}`)),
      ...tasks.filter(isDue).flatMap((one) => at(one, one.assignee, `on #${one.number} (${shownDate(one.due ?? '')})`)),
    ].filter((one) => one.conversation !== conversation),
    ...waiting,
  ];
  const ids = [...new Set(found.map((one) => one.conversation))];
  const docs = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [];
  const same = new Set(docs.flatMap(({ id, root }) => (root !== undefined && roots.has(root) ? [id] : [])));
  return found.filter((one) => one.conversation === conversation || same.has(one.conversation));
}

export function isDue({ state, dueAt }: TaskDoc): boolean {
  return dueAt !== undefined && ACTIVE.some((one) => one === state);
}

/** An agent’s task stands in the conversation where it came up, and begins there. */
async function waitingTasks(read: Reader, here: string, roots: ReadonlySet<string>): Promise<ToCome[]> {
  const newest = { where: { root: { in: [...roots] } }, sort: [['at', 'desc']], limit: MOST_RUNS } as const;
  const runs = await read.find(RUNS, newest);
  const conversations = [...new Set([here, ...runs.map(({ conversation }) => conversation)])];
  const tasks = await read.find(TASKS, { where: { conversation: { in: conversations } }, limit: MOST_LATER });
  const waiting = tasks.filter((task) => waits(task).length > 0).sort((a, b) => a.number - b.number);
  return waiting.flatMap((one, n) => {
    const own = waiting.filter((other) => other.conversation === one.conversation && other.assignee === one.assignee);
    return waiting.indexOf(own[0] ?? one) === n ? at(one, one.assignee, `on ${waitingWords(own)}`) : [];
  });
}

function waitingWords(tasks: readonly TaskDoc[]): string {
  const own = tasks.map(({ number }) => `#${number}`);
  const others = tasks.flatMap((task) => waits(task).map(({ number }) => `#${number}`));
  const first = [...new Set(others)].filter((one) => !own.includes(one));
  return `${listOf(own)}, which ${own.length > 1 ? 'wait' : 'waits'} for ${listOf(first.length ? first : others)}`;
}

function at(
  { pod, conversation }: { pod: string; conversation?: string },
  agent: ParticipantId | undefined,
  later: string,
): ToCome[] {
  return conversation && isAgent(agent) ? [{ pod, conversation, agent, later }] : [];
}
