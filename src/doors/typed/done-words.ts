// Says what a commit did, in the words of the history: “created #5 “Ask the mill” for Ben Okafor”.
import type { Reader } from '../../log/action.ts';
import { deed, hasSentence } from '../../pods/history/history.ts';
import { sentenceFactsFor } from '../../pods/history/sentence-facts.ts';

/** These changes of other tasks follow from what was done. They are in the history, but whoever did it changed nothing there. */
const FOLLOWS = new Set(['dependencies_moved', 'task_took_in', 'task_gave_up']);

/** Undefined for a commit of which the history does not tell. Only for whoever made it. */
export async function doneWords(read: Reader, { pod, seq }: { pod: string; seq: number }): Promise<string | undefined> {
  const commits = await read.commits(pod, seq, seq);
  const known = await sentenceFactsFor(read, commits);
  const [commit] = commits;
  if (!commit?.changes.length) return undefined;
  const own = { ...commit, changes: commit.changes.filter(({ type }) => !FOLLOWS.has(type)) };
  const shown = hasSentence(own, known) ? own : commit;
  if (!hasSentence(shown, known)) return undefined;
  return deed(shown, known).replace(/” for themselves(?=$|,| and )/, '” for yourself');
}
