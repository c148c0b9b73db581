// Records past Slack messages on the log: each once, with its real author and time, and without waking an agent.

import { isGone } from '../../../inbox/save-slack.ts';
import { sha256 } from '../../../log/ids.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { placeKey } from '../../../log/place.ts';
import { head } from '../../../log/well-formed.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { isRecalled, MESSAGES } from '../../../pods/conversations/message.ts';
import type { Past } from '../../../slack/send/past.ts';
import type { SlackContext } from '../context.ts';
import { appNamed, authorOf } from '../people/people.ts';
import { wordsOf } from '../text.ts';

const MOST_CHARS = 100_000;
/** The most messages in one commit. A session reads whole commits, so a commit must not be too long. */
const MOST_AT_ONCE = 100;

/** Records a page of messages. `whole`: the thread, if this is its last page. */
export async function recall(
  slack: SlackContext,
  { pod, channel, thread }: { pod: string; channel: string; thread?: string },
  said: readonly Past[],
  whole: string | undefined,
): Promise<void> {
  const { teamId: team } = slack.identity;
  // Messages of a thread after the newest known one are skipped: they arrive as events too, and only an event can wake
  // an agent.
  const newest = thread ? await newestHeard(slack, pod, placeKey({ kind: 'slack', team, channel, thread })) : Infinity;
  const messages: Awaited<ReturnType<typeof messageOf>>[] = [];
  for (const each of said) {
    if (Number(each.ts) >= newest || (await isOnLog(slack, pod, each)) || (await isGone(slack.queue, each))) continue;
    messages.push(await messageOf(slack, each));
  }
  const parts = Array.from({ length: Math.max(1, Math.ceil(messages.length / MOST_AT_ONCE)) }, (_, n) =>
    messages.slice(n * MOST_AT_ONCE, (n + 1) * MOST_AT_ONCE),
  );
  for (const [n, part] of parts.entries()) {
    const ends = whole !== undefined && n === parts.length - 1;
    if (!part.length && !ends) continue;
    const input = { messages: part, ...(ends ? { whole: [whole] } : {}) };
    await slack.act({
      pod,
      actor: 'skein',
      via: 'slack',
      action: 'recall_messages',
      input,
      // The action skips messages that it knows, so repeating it changes nothing.
      key: `recall:${channel}:${sha256(JSON.stringify(input))}`,
      origin: { kind: 'slack', team, channel },
    });
  }
}

async function messageOf(slack: SlackContext, said: Past) {
  const author = await authorIn(slack, said);
  const { text, files, outside } = await wordsOf(slack, said);
  return {
    ts: said.ts,
    thread: said.threadTs ?? said.ts,
    by: author.id,
    // A text over the limit is truncated, so that it does not make the page fail.
    text: head(text, MOST_CHARS),
    files,
    ...(outside ? { outside: head(outside, MOST_CHARS) } : {}),
    ...(author.foreign ? { foreign: true } : {}),
    at: Number(said.ts) * 1000,
  };
}

async function authorIn(slack: SlackContext, said: Past): Promise<{ id: ParticipantId; foreign?: true | undefined }> {
  if (said.kind === 'app_message') return { id: appNamed(said) };
  const author = await authorOf(slack, said);
  return typeof author === 'string' ? { id: author } : { id: author.id as ParticipantId, foreign: author.foreign };
}

/**
 * True for Skein's own posts. A notice is no message, and an agent's post is on the log even if its place is not
 * recorded yet.
 */
async function isOnLog({ read }: SlackContext, pod: string, { own }: Past): Promise<boolean> {
  if (own === undefined) return false;
  const [, of, seq] = /^(p_[a-z0-9]+):(\d+):\d+/.exec(own) ?? [];
  if (of !== pod) return of === undefined;
  return (await read.commits(pod, Number(seq), Number(seq))).length > 0;
}

/** Returns the Slack timestamp of the thread's newest message that arrived as an event. Infinity if there is none. */
async function newestHeard({ read }: SlackContext, pod: string, key: string): Promise<number> {
  const [conversation] = await read.find(CONVERSATIONS, { where: { pod, placeKey: key }, limit: 1 });
  if (!conversation) return Infinity;
  const where = { conversation: conversation.id, posted: { gt: 0 } };
  const heard = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 50 });
  const times = heard
    .filter((message) => !isRecalled(message) && !message.ours)
    .flatMap(({ places }) => places.filter((place) => place.startsWith('slack:')))
    .map((place) => Number(place.split(':').at(-1)));
  return times.length ? Math.max(...times) : Infinity;
}
