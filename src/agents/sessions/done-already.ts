// Lists what a run did before its session continued in a new epoch, read from the log, so that the model repeats
// nothing.

import type { Reader } from '../../log/action.ts';
import type { Commit } from '../../log/commit.ts';
import { changesOf } from '../../pods/kinds.ts';
import { ORG } from '../../pods/members/rights.ts';
import { TASKS } from '../../pods/tasks/task.ts';
import type { Store } from '../../store/port.ts';
import { outcomesOf } from './outcomes.ts';
import type { SessionDoc } from './session.ts';

/** The number of commits that are searched in each log. */
const LOOK_BACK = 300;

/**
 * Returns the acts of a session, and its calls of tools of servers, since the commit that woke it, each in a few words.
 * They contain names and numbers only: text that the agent wrote may hold words from outside. Empty for a run that has
 * just begun.
 */
export async function doneAlready(
  { store, read }: { store: Store; read: Reader },
  session: SessionDoc,
  since: number,
): Promise<string[]> {
  const { id, pod } = session;
  const [woke] = await read.commits(pod, since, since);
  const [here, org] = await Promise.all([newest(read, pod, since), newest(read, ORG, 0)]);
  const from = woke?.at ?? 0;
  const own = [...here, ...org.filter(({ at }) => at >= from)].filter(({ key }) => key.startsWith(`${id}:`));
  const numbers = await numbersOf(read, own);
  const calls = await outcomesOf(store).find({ where: { session: id } });
  const permitted = new Set(own.map(({ key }) => key));
  return [
    ...own.map((commit) => toolIn(commit) ?? [commit.action, ...numbersIn(commit, numbers)].join(' ')),
    // Calls of Skein 0.1.0 have no permit, only an outcome.
    ...calls.flatMap(({ id, at, tool = 'a tool of a server' }) =>
      at >= from && !permitted.has(id) ? [`use_tool (${tool})`] : [],
    ),
  ];
}

async function newest(read: Reader, pod: string, after: number): Promise<Commit[]> {
  const head = await read.head(pod);
  return read.commits(pod, Math.max(after + 1, head - LOOK_BACK + 1), head);
}

async function numbersOf(read: Reader, commits: readonly Commit[]): Promise<Map<string, number>> {
  const ids = new Set(commits.flatMap(({ changes }) => changes.flatMap(({ on, id }) => (on === 'tasks' ? [id] : []))));
  const tasks = ids.size ? await read.find(TASKS, { where: { id: { in: [...ids] } } }) : [];
  return new Map(tasks.map(({ id, number }) => [id, number]));
}

/** Returns the call that a commit permits; undefined if the commit is no permit. */
function toolIn(commit: Commit): string | undefined {
  const permit = changesOf(commit).find((change) => change.type === 'call_permitted');
  return permit && `use_tool (${permit.tool})`;
}

function numbersIn({ changes }: Commit, numbers: ReadonlyMap<string, number>): string[] {
  const found = changes.flatMap(({ on, id }) => (on === 'tasks' ? (numbers.get(id) ?? []) : []));
  return [...new Set(found)].map((number) => `#${number}`);
}
