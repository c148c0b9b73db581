// Reads the messages of a conversation that a session has not heard yet.
import type { Reader } from '../../../log/action.ts';
import { isAgent, type PersonId } from '../../../log/participant.ts';
import type { Shown } from '../../../log/view.ts';
import { wasWrittenInSlack } from '../../../pods/conversations/marks/marked.ts';
import { isRecalled } from '../../../pods/conversations/message.ts';
import type { SessionDoc } from '../session.ts';
import { editedSince } from './edited-since.ts';
import { messagesSince, newestMessages } from './find-messages.ts';
import { type HeardQuestion, hearSettled } from './hear-settled.ts';
import type { HeardMessage } from './heard-message.ts';
import { linesIn, readMessages } from './read-messages.ts';
import { principalsOf, unanswered } from './wishes.ts';

/** In characters. */
const OPENING_LENGTH = 120_000;

export interface Heard {
  messages: HeardMessage[];
  /** The number of the newest commit that these messages include. */
  position: number;
  /** The number of the log before which nothing that was said is missing here. */
  heardUpTo: number;
  /** The authors of the new messages, each once, the newest last. Authors of background are left out. */
  people: PersonId[];
  /** The questions of this agent that were settled. */
  settled: HeardQuestion[];
  /** The new messages that people wrote in Slack. Background is left out. */
  took?: string[];
  /** True if a message of another agent is among the messages. */
  colleague?: boolean;
  /** The tasks of the task lines among the messages. */
  shows: Shown;
}

/**
 * Returns the messages by others that were posted or edited after `position`. For position 0: the newest of the whole
 * conversation. `upTo`: the number of the log as it was read before. Absent: it is read.
 */
export async function hear(
  read: Reader,
  session: SessionDoc,
  position: number,
  told: ReadonlySet<string> = new Set(),
  upTo?: number,
): Promise<Heard> {
  const opening = position === 0;
  // Read before the messages: whatever comes in between counts as unheard.
  const heardUpTo = upTo ?? (await read.head(session.pod));
  // Questions are read after the messages, unless no message came: then the turn takes in none of the log, and both may be read
  // at once.
  const [found, soon] = await Promise.all([
    opening ? newestMessages(read, session) : messagesSince(read, session, position),
    opening ? undefined : hearSettled(read, session, { position, heardTo: position }, told),
  ]);
  // The agent's own messages are already in the transcript. Only a new epoch needs them.
  const candidates = found.filter((message) => !message.erased && (opening || message.by !== session.agent));
  const edited = opening ? new Set<string>() : await editedSince(read, session.pod, position, candidates);
  const news = candidates
    .filter((message) => message.posted > position || edited.has(message.id) || isRecalled(message))
    .sort((a, b) => a.posted - b.posted);
  // Messages that were imported after a time without Skein are sorted in by their time.
  if (news.some(isRecalled)) news.sort((a, b) => a.at - b.at);
  const lines = await linesIn(read, session, news);
  const messages = await readMessages(read, news, { lines, edited, position });
  const heardTo = Math.max(position, ...found.map((message) => message.seq));
  const settled = (!found.length && soon) || (await hearSettled(read, session, { position, heardTo }, told));
  // A message from before the agent was called is a request only if somebody has edited it since.
  const now = news.filter((message) => !isRecalled(message) || edited.has(message.id));
  const all = opening ? await unanswered(read, session, news) : now;
  // A task line for another agent is no request to this agent.
  const wishes = all.filter(({ line, steers }) => !steers && (!line || line.to === session.agent));
  return {
    messages: opening ? newestOf(messages) : messages,
    position: heardTo,
    heardUpTo,
    people: [...new Set([...settled.people, ...wishes.flatMap(principalsOf)].reverse())].reverse(),
    settled: settled.questions,
    took: wishes.filter(wasWrittenInSlack).map(({ id }) => id),
    colleague: news.some(({ by, line }) => [by, line?.by].some((one) => isAgent(one) && one !== session.agent)),
    shows: { whole: [...lines.values()].filter(({ mine }) => mine).map(({ held }) => held) },
  };
}

/** Returns the newest messages that fit into an opening, but at least the last one. */
function newestOf(messages: readonly HeardMessage[]): HeardMessage[] {
  let left = OPENING_LENGTH;
  const first = messages.findLastIndex(({ text }, n) => {
    left -= text.length;
    return left < 0 && n < messages.length - 1;
  });
  return messages.slice(first + 1);
}
