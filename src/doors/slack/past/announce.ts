// Announces in the channel that its past messages are being read, and how far back they go. People could otherwise
// search for messages that are not read yet.
import type { Item } from '../../../lanes/item.ts';
import { shownDate } from '../../../pods/local-time.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { postOnce } from '../channels.ts';
import type { SlackContext } from '../context.ts';
import { podOf } from '../pods.ts';
import { PAST_DAYS, PAST_LANES, type PastAnnouncement, queueAnnouncement } from './past.ts';

/** Posts the announcement after the channel's own pages are read. The pages of its threads may still wait. */
export async function announcePast(slack: SlackContext, item: Item): Promise<void> {
  const announcement = JSON.parse(item.payload) as PastAnnouncement;
  const { channel, at, earliest, looks } = announcement;
  const pod = await podOf(slack, { channel });
  if (pod?.state !== 'active') return;
  if (await hasPages(slack, channel, 'waiting'))
    return queueAnnouncement(slack, { ...announcement, looks: looks + 1 }, Math.max(item.at, item.dueAt));
  const { fill } = slack.texts;
  const result = earliest
    ? fill('channel-history', 'read', { days: PAST_DAYS, earliest: shownDate(dateOf(earliest)) })
    : fill('channel-history', 'none', { days: PAST_DAYS });
  const missing = (await hasPages(slack, channel, 'aside')) ? ` ${fill('channel-history', 'failed')}` : '';
  await postOnce(slack, channel, notice(result + missing), `past-told:${pod.id}:${at}`, item.at);
}

async function hasPages({ queue }: SlackContext, channel: string, state: Item['state']): Promise<boolean> {
  const from = `${PAST_LANES}${channel}:`;
  const [found] = await queue.items.find({ where: { lane: { gte: from, lt: `${from}~` }, state }, limit: 1 });
  return found !== undefined;
}

function dateOf(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString().slice(0, 10);
}
