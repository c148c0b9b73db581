// Reads messages from before the pod existed, page by page, in separate lanes and within Slack's rate limits.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Item } from '../../../lanes/item.ts';
import { idOf } from '../../../log/ids.ts';
import { handleOf } from '../../../log/participant.ts';
import { placeKey } from '../../../log/place.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../pods/conversations/conversation.ts';
import { isRecalled, MESSAGES } from '../../../pods/conversations/message.ts';
import { PODS, type PodDoc } from '../../../pods/pod/pod.ts';
import { type Past, readPast, threadBegunBy } from '../../../slack/send/past.ts';
import { carriedBy, type SlackContext } from '../context.ts';
import { recall } from './recall.ts';

/** The kind of inbox items that each read one page of past messages. */
export const PAST = 'slack-past';
/** The kind of inbox items that announce how far back the past was read. */
export const PAST_ANNOUNCED = 'slack-past-told';

/** The most messages of one thread that are read. People write fewer. */
const MOST_OF_THREAD = 2_000;
/** The most messages of a channel that are read, without the replies in their threads. */
export const PAST_MESSAGES = 100;
export const PAST_DAYS = 14;
/** The longest time that an agent waits until the messages before its mention are read, in milliseconds. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 100;
const FIRST_LOOK_MS = 1_000;
const LATEST_LOOK_MS = 60_000;

interface Page {
  pod: string;
  channel: string;
  thread?: string;
  cursor?: string;
  oldest?: string;
  /** For a channel: the Slack timestamp of the oldest message read so far. */
  earliest?: string | undefined;
  /** When a person asked for the past messages, in milliseconds since 1970. */
  at?: number;
  /** The number of messages read so far. */
  read: number;
  /**
   * When Skein returned to the channel after an absence (see `absenceIn`). It is part of the lane, so that the messages
   * of each absence are read once.
   */
  since: number;
}

/**
 * Queues the first page of a channel that became a pod. `at`: when a person asked for the past messages, in
 * milliseconds since 1970.
 */
export async function recallChannel(slack: SlackContext, pod: string, channel: string, at: number): Promise<void> {
  const oldest = (at / 1000 - PAST_DAYS * 86_400).toFixed(6);
  await saved(slack, [{ pod, channel, oldest, at, read: 0, since: 0 }]);
}

/** Reads one page and queues the next. Throws Retryable when Slack limits the rate. */
export async function readPage(slack: SlackContext, item: Item): Promise<void> {
  const page = JSON.parse(item.payload) as Page;
  const { channel, thread, cursor, oldest } = page;
  const left = (thread ? MOST_OF_THREAD : PAST_MESSAGES) - page.read;
  const limit = Math.min(left, 200);
  const app = (await slack.read.get(PODS, page.pod))?.app;
  const { sender } = carriedBy(slack, app && handleOf(app));
  const { messages, next } = await sender.past({ channel, thread, cursor, oldest, limit });
  const at = { team: slack.identity.teamId, channel };
  const shown = messages.slice(0, left);
  const said = shown.flatMap((each) => readPast(each, at, slack.identity) ?? []);
  const read = page.read + shown.length;
  const goesOn = next !== undefined && shown.length > 0 && left > shown.length;
  await recall(slack, page, said, thread && !goesOn ? thread : undefined);
  const threads = thread ? [] : shown.flatMap((each) => threadBegunBy(each) ?? []);
  const more: Page[] = threads.map((begun) => ({ pod: page.pod, channel, thread: begun, read: 0, since: page.since }));
  const earliest = thread ? undefined : earlier(page.earliest, said);
  if (goesOn) more.push({ ...page, cursor: next, read, earliest });
  await saved(slack, more);
  if (!goesOn && page.at !== undefined)
    await queueAnnouncement(slack, { channel, at: page.at, earliest, looks: 0 }, item.at);
}

/**
 * The payload of the queued announcement. The item is handled again, at growing intervals, until the last page is read.
 */
export interface PastAnnouncement {
  channel: string;
  /** When a person asked for the past messages, in milliseconds since 1970. */
  at: number;
  /** The Slack timestamp of the oldest message that was read. */
  earliest?: string | undefined;
  looks: number;
}

export async function queueAnnouncement(
  { queue }: SlackContext,
  announcement: PastAnnouncement,
  now: number,
): Promise<void> {
  const { channel, at, looks } = announcement;
  const lane = `slack:past-told:${channel}`;
  const dueAt = now + Math.min(FIRST_LOOK_MS * 2 ** looks, LATEST_LOOK_MS);
  const item = { id: `${lane}:${at}:${looks}`, lane, kind: PAST_ANNOUNCED, payload: announcement, dueAt };
  await queue.save([item]);
  await queue.ready([item]);
}

/** Returns the earlier of `before` and the oldest of these messages. Skein's own posts do not count. */
function earlier(before: string | undefined, said: readonly Past[]): string | undefined {
  const times = said.filter(({ own }) => own === undefined).map(({ ts }) => ts);
  return [...(before ? [before] : []), ...times].sort((a, b) => Number(a) - Number(b))[0];
}

async function saved(slack: SlackContext, pages: readonly Page[]): Promise<void> {
  if (!pages.length) return;
  const items = pages.map((page) => ({ id: idFor(page), lane: laneFor(page), kind: PAST, payload: page }));
  await slack.queue.save(items);
  await slack.queue.ready(items);
}

/** The prefix of the lanes that read past messages. The channel's id follows. */
export const PAST_LANES = 'slack:past:';

function laneFor({ channel, thread = '', since }: Page): string {
  return `${PAST_LANES}${channel}:${thread}:${since}`;
}

/** Returns the id of the page's item. `at` is part of it, because a channel's past can be requested again. */
function idFor(page: Page): string {
  const wish = page.at === undefined ? '' : `:${page.at}`;
  return `${laneFor(page)}${wish}${page.cursor ? `:${idOf('page', page.cursor)}` : ''}`;
}

/**
 * Waits until the earlier messages of a thread are on the log, before an agent's first answer in it. Returns a sentence
 * for people if some messages are still missing after that; otherwise undefined.
 */
export async function awaitPast(
  slack: SlackContext,
  { pod, conversation }: { pod: string; conversation: string },
  { onSaved, signal, patienceMs = PATIENCE_MS }: { onSaved(): void; signal: AbortSignal; patienceMs?: number },
): Promise<string | undefined> {
  const page = await missing(slack, pod, conversation);
  if (!page) return undefined;
  await saved(slack, [page]);
  onSaved();
  const end = performance.now() + patienceMs;
  for (;;) {
    const [still, aside] = await Promise.all([missing(slack, pod, conversation), asideIn(slack, laneFor(page))]);
    // A stopped run does not need the messages.
    if (!still || signal.aborted) return undefined;
    if (aside) return `I could not read what was said in this thread before I was called: ${aside}`;
    if (performance.now() > end)
      return 'I have not read all that was said in this thread before I was called: Slack gives it out slowly. The rest is taken in as it comes; ask me again then if it matters.';
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function asideIn({ queue }: SlackContext, lane: string): Promise<string | undefined> {
  const [item] = await queue.items.find({ where: { lane, state: 'aside' }, limit: 1 });
  return item && (item.reason ?? 'it failed.');
}

/** Returns the first page of a thread if messages of the thread are missing; undefined if all are on the log. */
async function missing({ read }: SlackContext, podId: string, conversation: string): Promise<Page | undefined> {
  const [pod, doc] = await Promise.all([read.get(PODS, podId), read.get(CONVERSATIONS, conversation)]);
  if (doc?.place.kind !== 'slack' || !doc.place.thread || pod?.place.kind !== 'slack') return undefined;
  const { channel, thread } = doc.place;
  const since = absenceIn(pod, doc);
  if ((doc.recalledAt ?? -1) >= since) return undefined;
  if (since === 0) {
    const [root] = await read.find(MESSAGES, { where: { pod: podId, places: placeKey(doc.place) }, limit: 1 });
    if (root && !isRecalled(root)) return undefined;
  }
  return { pod: podId, channel, thread, read: 0, since };
}

/** Returns the time at which Skein came back to the channel. 0 if Skein was there since the thread began. */
function absenceIn({ restoredAt = 0 }: PodDoc, { startedAt }: ConversationDoc): number {
  return startedAt < restoredAt ? restoredAt : 0;
}
