// Answers what a person writes in the channel of a pod and what calls nobody: “stop” beside all threads, “#3 done”, and a name that
// nobody has. Without an answer it would stay silent. Only its author sees it.
import type { Outcome } from '../../../log/act.ts';
import { type AgentId, isAgent } from '../../../log/participant.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { SlackContext } from '../context.ts';
import type { Lines } from './command-lines.ts';
import type { Recorded } from './recorded.ts';
import { stopBesideThreads } from './stop.ts';
import { obeyLines } from './task-lines.ts';
import { unknownName } from './unknown-name.ts';

export async function answerUnanswered(
  slack: SlackContext,
  {
    pod,
    person,
    said,
    posted,
    lines,
  }: Omit<Recorded, 'repeated'> & { posted: Outcome | undefined; lines: Lines | undefined },
): Promise<void> {
  const heard = posted && heardIn(posted);
  if (!heard) return;
  const recorded = { pod, person, said, repeated: posted.repeated };
  for (const post of await answersTo(slack, recorded, heard, lines)) {
    const { channel, user, threadTs } = said;
    await slack.sender.ephemeral({ channel, user, post, threadTs });
  }
}

async function answersTo(
  slack: SlackContext,
  recorded: Recorded,
  heard: Heard,
  lines: Lines | undefined,
): Promise<Post[]> {
  if (heard.stops && !heard.isAnswered)
    return recorded.said.threadTs ? [] : stopBesideThreads(slack, recorded, heard.named);
  // Skein does these itself, so no agent was woken by them.
  if (lines?.certain) return obeyLines(slack, recorded, lines);
  if (heard.stops || heard.isAnswered || heard.isForAgents) return [];
  return lines ? obeyLines(slack, recorded, lines) : unknownName(slack, recorded);
}

interface Heard {
  /** True if the whole message asks agents to stop. */
  stops: boolean;
  /** The agents that it names. */
  named: readonly AgentId[];
  /** True if an agent hears it. */
  isForAgents: boolean;
  /** True if it has answered a question, or Skein has answered it in the thread. */
  isAnswered: boolean;
}

/** Reads from the commit whom the message was for. Undefined if it recorded no message. */
function heardIn({ commit }: Outcome): Heard | undefined {
  const added = commit?.changes.find(({ type }) => type === 'message_added') as
    | { addressed: readonly string[]; stops?: true; names?: true }
    | undefined;
  if (!commit || !added) return undefined;
  const addressed = added.addressed.filter(isAgent);
  const settles = commit.changes.some(({ on }) => on === 'questions');
  // Skein says there that an agent which it names is not in the pod.
  const says = commit.changes.filter(({ type }) => type === 'message_posted').length;
  return {
    stops: added.stops === true,
    named: added.names ? addressed : [],
    isForAgents: addressed.length > 0,
    isAnswered: settles || says > 1,
  };
}
