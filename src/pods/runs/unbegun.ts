// Finds the tasks that an answer of their agent passes over: several share a thread, and what is said of one may leave another
// unbegun without anybody hearing of it.
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import { MESSAGES } from '../conversations/message.ts';
import { ready } from '../tasks/graph/ready.ts';
import type { TaskDoc } from '../tasks/task.ts';
import { tasksIn } from './steps/holders.ts';

interface Given {
  after: number;
  until: number;
}

/**
 * `given`: when, in numbers of the log. Returns the numbers of the agent's tasks that were given then, could begin and have not,
 * and that the answer does not name. Empty where it has one task alone: then the answer is about that.
 */
export async function passedOver(
  read: Reader,
  { conversation, agent, given }: { conversation: string; agent: AgentId; given: Given },
  answer: string,
): Promise<number[]> {
  const own = (await tasksIn(read, conversation)).filter(({ assignee }) => assignee === agent);
  if (own.length < 2) return [];
  const unnamed = own.filter((task) => task.state === 'open' && ready(task) && !names(answer, task.number));
  const heard = await Promise.all(unnamed.map((task) => isGiven(read, task, given)));
  return unnamed
    .filter((_, n) => heard[n])
    .map(({ number }) => number)
    .sort((a, b) => a - b);
}

function names(answer: string, number: number): boolean {
  return new RegExp(`#${number}(?!\\d)`).test(answer);
}

async function isGiven(read: Reader, { lines = [] }: TaskDoc, { after, until }: Given): Promise<boolean> {
  const last = lines.at(-1);
  const line = last && (await read.get(MESSAGES, last.message));
  return line !== undefined && line.posted > after && line.posted <= until;
}
