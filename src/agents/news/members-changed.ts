// Finds who has come into the pod of a session, left it or got another role since the session last knew its members.
import type { Reader } from '../../log/action.ts';
import { type Commit, commitId } from '../../log/commit.ts';
import { type Held, ref } from '../../log/view.ts';
import { type Changed, factsWithAliases } from '../../pods/history/changed.ts';
import { commitSentence } from '../../pods/history/history.ts';
import { MEMBERS } from '../../pods/members/member.ts';
import type { SessionDoc } from '../sessions/session.ts';
import { type Holdings, keyOf } from './held.ts';

const MOST_MEMBERS = 40;
const COMMITS = ref<Commit>('commits');

/** The members are held as one document, whose id is that of the pod. */
export async function membersChanged(
  read: Reader,
  { id, pod }: SessionDoc,
  holdings: Holdings,
): Promise<{ changed: Changed[]; held: Held[] }> {
  const since = holdings.get(keyOf({ kind: MEMBERS.name, id: pod }));
  if (!since) return { changed: [], held: [] };
  const where = { pod, seq: { gt: since.seq } };
  const docs = await read.find(MEMBERS, { where, sort: [['seq', 'desc']], limit: MOST_MEMBERS + 1 });
  if (!docs.length) return { changed: [], held: [] };
  const held = [{ ...since, seq: Math.max(...docs.map(({ seq }) => seq)) }];
  const shown = docs.slice(0, MOST_MEMBERS);
  const ids = [...new Set(shown.map(({ seq }) => commitId(pod, seq)))];
  const commits = (await read.find(COMMITS, { where: { id: { in: ids } } }))
    .filter(({ key }) => !key.startsWith(`${id}:`))
    .sort((a, b) => a.seq - b.seq)
    .map((commit) => ({ ...commit, changes: commit.changes.filter(({ on }) => on === MEMBERS.name) }));
  if (!commits.length) return { changed: [], held };
  const joined = joinedByActor(commits);
  const known = await factsWithAliases(read, joined);
  const lines = joined.map((commit) => ({
    at: commit.at,
    text: commitSentence(commit, known),
    label: known.labelOf(commit),
  }));
  return {
    changed: [{ noun: 'members', lines, earlier: 0, times: shown.length, atLeast: docs.length > MOST_MEMBERS }],
    held,
  };
}

/** Joins the changes that one participant made one after the other, so that they become one sentence. */
function joinedByActor(commits: readonly Commit[]): Commit[] {
  const joined: Commit[] = [];
  for (const commit of commits) {
    const before = joined.at(-1);
    if (before?.actor === commit.actor && before.onBehalfOf === commit.onBehalfOf && before.via === commit.via)
      joined[joined.length - 1] = { ...commit, changes: [...before.changes, ...commit.changes] };
    else joined.push(commit);
  }
  return joined;
}
