// Gathers the news of each pod for one person: the described commits of a range, and how much each author wrote in each
// thread. Reads all pods in parallel.

import type { Reader } from '../log/action.ts';
import type { Commit } from '../log/commit.ts';
import type { Names } from '../log/kind.ts';
import type { PersonId } from '../log/participant.ts';
import type { ConversationDoc } from '../pods/conversations/conversation.ts';
import { VERSIONS, versionId } from '../pods/files/file.ts';
import { sentenceFactsFor } from '../pods/history/sentence-facts.ts';
import { changesOf, KINDS } from '../pods/kinds.ts';
import { called } from '../pods/people/directory.ts';
import type { GatherDeps } from './deps.ts';
import type { PodNews } from './facts.ts';
import type { Untold } from './gather-untold.ts';
import { docsById, ids } from './gather-waiting.ts';
import { factsOf } from './news-facts.ts';
import { planTalk, readWords, type Talk, talkOf } from './talk.ts';

/** The most commits that are read. In a longer range, the oldest commits are skipped. */
const MOST_COMMITS = 500;

export interface Range {
  pod: string;
  from: number;
  to: number;
}

type News = Omit<PodNews, 'pod'> & { podId: string };

/**
 * Returns the news of the ranges. `withWords`: also reads the last messages of each thread, for a model to summarise.
 */
export async function newsOf(
  deps: GatherDeps,
  reader: PersonId,
  ranges: readonly Range[],
  withWords: boolean,
  untold: Untold,
): Promise<News[]> {
  const { read, links } = deps;
  const logs = await Promise.all(ranges.map((range) => readRange(deps, reader, range, withWords)));
  const listed = logs.flatMap((log) => log.listed);
  const talks = logs.map((log) => log.talk);
  const [known, conversations, words] = await Promise.all([
    sentenceFactsFor(read, listed),
    docsById(read, ids([...talks.flatMap(({ threads }) => threads.map(({ id }) => id)), ...listed.flatMap(namedIn)])),
    readWords(read, talks),
  ]);
  const titles = await read.texts([...conversations.values()].map(({ titleRef }) => titleRef));
  const urlOf = (id: string) => linkTo(links, conversations.get(id));
  const files = await changedByOthers(read, reader, listed);
  const scope = { reader, known: addressed(known, reader), urlOf, untold, files };
  return logs.map(({ podId, listed, talk, more }) => ({
    podId,
    facts: factsOf(listed, scope),
    talk: talkOf(talk, {
      ...words,
      titleOf: (id) => titles.get(conversations.get(id)?.titleRef ?? ''),
      urlOf,
      nameOf: (id) => called(words.names, id).name,
    }),
    more,
  }));
}

/** Names the reader “you”. */
function addressed(known: Names, reader: PersonId): Names {
  return { ...known, who: new Map(known.who).set(reader, { ...called(known.who, reader), name: 'you' }) };
}

/** Returns the files whose last version before the range's first by somebody else was written by the reader. */
async function changedByOthers(read: Reader, reader: PersonId, commits: readonly Commit[]): Promise<Set<string>> {
  const first = new Map<string, number>();
  for (const commit of commits)
    for (const change of changesOf(commit))
      if (change.type === 'file_put' && commit.actor !== reader && !first.has(change.id))
        first.set(change.id, change.version);
  const wanted = [...first].filter(([, version]) => version > 1);
  const before = await Promise.all(wanted.map(([id, version]) => read.get(VERSIONS, versionId(id, version - 1))));
  return new Set(wanted.flatMap(([id], n) => (before[n]?.by === reader ? [id] : [])));
}

function linkTo(links: GatherDeps['links'], conversation: ConversationDoc | undefined): string | undefined {
  return conversation && links.conversation(conversation);
}

interface ReadRange {
  podId: string;
  listed: Commit[];
  talk: Talk;
  more: boolean;
}

async function readRange({ read }: GatherDeps, reader: PersonId, range: Range, withWords: boolean): Promise<ReadRange> {
  const { pod, from, to } = range;
  const first = Math.max(from + 1, to - MOST_COMMITS + 1);
  const commits = await read.commits(pod, first, to);
  const listed = commits.filter(isListed);
  return { podId: pod, listed, talk: planTalk(commits, reader, withWords), more: first > from + 1 };
}

/**
 * True if the commit may become a fact. Commits of messages only are counted instead. The reader's own commits count
 * too, because they may contain the last state.
 */
function isListed({ changes }: Commit): boolean {
  return changes.some(({ on }) => on === 'members' || KINDS.get(on)?.entry);
}

function namedIn(commit: Commit): string[] {
  return changesOf(commit).flatMap((change) =>
    'conversation' in change && change.conversation ? [change.conversation] : [],
  );
}
