// Finds what people have wanted of an agent while no run of it was open. It would have been listed at the run.
import type { Reader } from '../../../log/action.ts';
import type { Commit } from '../../../log/commit.ts';
import { type AgentId, isPerson } from '../../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../conversations/message.ts';
import { type FirstWish, MOST_INSTRUCTIONS } from '../../conversations/words/instructions.ts';
import { changesOf } from '../../kinds.ts';

/** More messages are not looked through. */
const MOST_MESSAGES = 100;

/** Returns the newest wishes that were given after the commit `after`, the oldest first. */
export async function wishesSince(
  read: Reader,
  conversation: string,
  agent: AgentId,
  after: number,
): Promise<FirstWish[]> {
  const where = { conversation, seq: { gt: after } };
  const found = await read.find(MESSAGES, { where, sort: [['seq', 'desc']], limit: MOST_MESSAGES });
  const said = found.flatMap((message) => {
    const wish = message.erased || message.note || message.steers ? undefined : wishIn(message, after);
    return wish ? [{ ...wish, pod: message.pod }] : [];
  });
  const newest = said.sort((a, b) => a.n - b.n).slice(-MOST_INSTRUCTIONS);
  const meant = await Promise.all(
    newest.map(async ({ pod, ...wish }) => {
      const [commit] = await read.commits(pod, wish.n, wish.n);
      return commit && isMeant(commit, { conversation, agent }) ? [wish] : [];
    }),
  );
  return meant.flat();
}

/** An edit of an older message says it anew. */
function wishIn({ id, by, at, posted, editedAt, editedIn = 0 }: MessageDoc, after: number): FirstWish | undefined {
  if (!isPerson(by)) return undefined;
  if (posted > after) return { n: posted, message: id, by, at, seq: Math.max(posted, editedIn) };
  return editedIn > after ? { n: editedIn, message: id, by, at: editedAt ?? at, seq: editedIn } : undefined;
}

/** An answer to a question, thanks, a stop and what names only others want nothing of the agent. */
function isMeant(commit: Commit, { conversation, agent }: { conversation: string; agent: AgentId }): boolean {
  const changes = changesOf(commit);
  if (changes.some(({ type }) => type === 'question_answered')) return false;
  return changes.every(
    (change) =>
      change.type !== 'message_added' ||
      change.id !== conversation ||
      !(change.stops || change.aside || change.thanks || (change.names && !change.addressed.includes(agent))),
  );
}
