// Says what a commit did, in the words of the history: “created #5 “Ask the mill” for Ben Okafor”.
import type { Reader } from '../../log/action.ts';
import { deed, hasSentence } from '../../pods/history/history.ts';
import { sentenceFactsFor } from '../../pods/history/sentence-facts.ts';

/** Undefined for a commit of which the history does not tell. Only for whoever made it. */
export async function doneWords(read: Reader, { pod, seq }: { pod: string; seq: number }): Promise<string | undefined> {
  const commits = await read.commits(pod, seq, seq);
  const known = await sentenceFactsFor(read, commits);
  const [commit] = commits;
  return commit && commit.changes.length > 0 && hasSentence(commit, known) ? deed(commit, known) : undefined;
}
