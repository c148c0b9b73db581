// The query “history since Monday”: what was done in the pods, in sentences, with the times of the reader's zone.
import { quiet } from '../../../digest/quiet.ts';
import { addDays, instantOf, shownDate, shownTime, wallClock } from '../../../pods/local-time.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { pastDay } from '../../../pods/spoken-day.ts';
import { newestBefore } from '../../../pods/subscriptions/range.ts';
import { enter } from '../../enter.ts';
import type { MailContext } from '../context.ts';
import { type Asked, blocks, type Query } from './query.ts';

interface Entry {
  at: string;
  text: string;
}

/** The most commits of one pod that are read, and the most entries of it that are shown: the newest. */
const MOST_READ = 200;
const MOST_SHOWN = 60;
/** A line with more words after “since” is a sentence. */
const MOST_WORDS = 4;
const USUAL_DAYS = 7;

export const HISTORY_QUERY: Query = {
  example: 'history since Monday',
  read(line) {
    if (/^history(?: since)?$/i.test(line)) return '';
    const [, words = ''] = /^history since (\S.*)$/i.exec(line) ?? [];
    return words && words.split(/\s+/).length <= MOST_WORDS ? words : undefined;
  },
  async answer(mail, { words, pods, today, zone, arrived }) {
    const { fill } = mail.texts;
    const day = words ? pastDay(words, today) : addDays(today, -USUAL_DAYS);
    const since = day === undefined ? undefined : instantOf(wallClock(zone), day, '00:00');
    if (day === undefined || since === undefined)
      return { text: fill('mail-query', 'history-no-day', { words: quiet(words, 60) }) };
    const found = await Promise.all(pods.map((pod) => entriesSince(mail, arrived, pod, since)));
    const shown = found.map(({ entries, left }, n) => {
      const fields = { pod: quiet(pods[n]?.name ?? '', 60), day: shownDate(day) };
      if (!entries.length) return fill('mail-query', 'history-none', fields);
      const lines = entries.map(({ at, text }) => `- ${shownTime(zone, Date.parse(at))}: ${quiet(text, 300)}`);
      const earlier = left ? [`- ${fill('mail-query', 'history-earlier')}`] : [];
      return blocks(fill('mail-query', 'history', fields), [...earlier, ...lines].join('\n'));
    });
    return { text: blocks(...shown) };
  },
};

/** `left`: true if earlier ones are left out. */
async function entriesSince(
  mail: MailContext,
  { author }: Asked['arrived'],
  pod: PodDoc,
  since: number,
): Promise<{ entries: Entry[]; left: boolean }> {
  const head = await mail.read.head(pod.id);
  const first = (await newestBefore(mail.read, pod.id, head, since)) + 1;
  if (first > head) return { entries: [], left: false };
  const from = Math.max(first, head - MOST_READ + 1);
  const asked = { as: author, pod, action: 'pod_history', via: 'email', input: { from, limit: MOST_READ } } as const;
  const { history } = (await enter<{ history: Entry[] }>(mail, asked)).result;
  return { entries: history.slice(-MOST_SHOWN), left: from > first || history.length > MOST_SHOWN };
}
