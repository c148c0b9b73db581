// Finds the tasks with which a session opens: the agent's own first, then what is due soonest, whatever their number.
import type { Reader } from '../../../log/action.ts';
import type { AgentId } from '../../../log/participant.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../../pods/tasks/task.ts';

const SHOWN = 40;
/** A pod with more open tasks is not read whole: its own and due tasks are then found by their index. */
const READ_WHOLE = 200;

export interface OpenTasks {
  tasks: TaskDoc[];
  /** How many others there are, in words: `3`, or `over 160`. */
  more?: string;
}

export async function openTasks(read: Reader, pod: string, agent: AgentId): Promise<OpenTasks> {
  const where = { pod, state: { in: ACTIVE } };
  const newest = await read.find(TASKS, { where, sort: [['number', 'desc']], limit: READ_WHOLE + 1 });
  const whole = newest.length <= READ_WHOLE;
  const others = whole ? [] : await ownAndDue(read, pod, agent);
  const found = [...others.flat(), ...newest].filter((task) => !task.erased);
  const all = [...new Map(found.map((task) => [task.id, task])).values()];
  const tasks = all.sort(firstFor(agent)).slice(0, SHOWN);
  const left = all.length - tasks.length;
  return left > 0 ? { tasks, more: whole ? String(left) : `over ${left - 1}` } : { tasks };
}

/** Returns the agent's newest tasks, and the tasks of the pod that are due first. */
function ownAndDue(read: Reader, pod: string, agent: AgentId): Promise<TaskDoc[][]> {
  const active = { pod, state: { in: ACTIVE } };
  const own = { ...active, assignee: agent };
  const due = { gt: '' };
  return Promise.all([
    read.find(TASKS, { where: { ...own, due }, sort: [['due', 'asc']], limit: SHOWN }),
    read.find(TASKS, { where: own, sort: [['number', 'desc']], limit: SHOWN }),
    read.find(TASKS, { where: { ...active, due }, sort: [['due', 'asc']], limit: SHOWN }),
  ]);
}

/** Returns an order: the agent's own tasks first, then those that are due, the earliest first, then the newest. */
function firstFor(agent: AgentId): (a: TaskDoc, b: TaskDoc) => number {
  const later = '9999';
  return (a, b) =>
    Number(b.assignee === agent) - Number(a.assignee === agent) ||
    (a.due ?? later).localeCompare(b.due ?? later) ||
    b.number - a.number;
}
