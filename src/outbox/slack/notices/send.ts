// Sends a notice as a direct message, and updates it later: a settled item loses its buttons.
import { InvalidInput } from '../../../errors.ts';
import { canonical } from '../../../log/ids.ts';
import type { DeliveryOf } from '../../../pods/deliveries.ts';
import { isToTell, NEEDS } from '../../../pods/needs/need.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { NOTICES, type NoticeDoc, noticeId } from '../../../pods/telling/notices/notice.ts';
import { seqOf } from '../../delivery-id.ts';
import { answeringBy } from '../../notices/answer-outside.ts';
import type { WordsDeps } from '../../notices/notice-words.ts';
import type { Parts } from '../../parts.ts';
import type { WordingDoc } from '../../wordings.ts';
import { begun, type SendingDoc } from '../send-once.ts';
import { slackUserOf } from '../slack-user.ts';
import { updatePosts } from '../update-posts.ts';
import { noticePosts, partsOf } from './posts.ts';
import { type NoticeRow, noticeRows } from './rows.ts';

type Notice = DeliveryOf<'notice'>;

export async function noticeToSlack(parts: Parts, delivery: Notice, person: PersonDoc): Promise<void> {
  const { sender, team } = parts.slack;
  const user = slackUserOf(person, team);
  if (!user)
    throw new InvalidInput(
      `${person.name} has no account in this Slack workspace, so this notice can't be sent there.`,
    );
  // An earlier attempt ended after it had posted and recorded the notice. Its rows may have changed since.
  const before = await parts.read.get(NOTICES, noticeId(delivery.pod, seqOf(delivery.id)));
  if (before) return showNotice(parts, before, person);
  const rows = await rowsOnce(parts, delivery, person);
  if (!rows.length) return;
  const channel = await sender.openDm(user);
  const earlier = await begun(
    { sending: parts.store.collection<SendingDoc>('sending'), clock: parts.clock },
    delivery.id,
  );
  const split = partsOf(parts.texts, rows);
  const posts = noticePosts(parts.texts, rows, split);
  const key = delivery.id;
  const { all } = await sender.post({ channel, posts, key, resend: earlier !== undefined, oldest: earlier });
  const seq = seqOf(key);
  const items = rows.map(({ need, pod }) => ({ need, pod }));
  await parts.act({
    ...{ pod: delivery.pod, actor: 'skein', via: 'skein', action: 'record_notice', key: `sent:${key}` },
    input: { seq, key, team, channel, ts: all, items, parts: split },
  });
  // An item may have been settled during the post, when the notice was not on the log yet. The posts are then updated
  // here.
  const sent = await parts.read.get(NOTICES, noticeId(delivery.pod, seq));
  if (sent && canonical(await noticeRows(wordsDeps(parts), person, items)) !== canonical(rows))
    await showNotice(parts, sent, person);
}

/** Updates the posts of a notice. `need`: update only the post that shows this item. */
export async function showNotice(parts: Parts, sent: NoticeDoc, person: PersonDoc, need?: string): Promise<void> {
  const rows = await noticeRows(wordsDeps(parts), person, sent.items);
  const posts = noticePosts(parts.texts, rows, sent.parts);
  await updatePosts(parts.slack.sender, sent, posts, need === undefined ? undefined : postOf(sent, need));
}

function postOf({ items, parts }: NoticeDoc, need: string): number {
  const at = items.findIndex((item) => item.need === need);
  let until = 0;
  return parts.findIndex((count) => {
    until += count;
    return at < until;
  });
}

/**
 * Returns the stored rows of the notice, or makes and stores them, so that a retry sends the same. Omits items that
 * were settled after the notice was requested.
 */
async function rowsOnce(parts: Parts, delivery: Notice, person: PersonDoc): Promise<NoticeRow[]> {
  const wordings = parts.store.collection<WordingDoc>('wordings');
  const before = await wordings.get(delivery.id);
  if (before) return JSON.parse(before.sections) as NoticeRow[];
  const found = await Promise.all(delivery.items.map(({ need }) => parts.read.get(NEEDS, need)));
  const open = delivery.items.filter((_, n) => isToTell(found[n]));
  const rows = await noticeRows(wordsDeps(parts), person, open);
  const pods = [...new Set(open.map(({ pod }) => pod))];
  await wordings.insert([{ id: delivery.id, rev: 1, pods, facts: '', sections: JSON.stringify(rows) }]);
  return rows;
}

function wordsDeps({ read, texts, slack, clock, mail }: Parts): WordsDeps {
  return { read, texts, links: slack.links, clock, ...(mail ? { answering: answeringBy(mail.out) } : {}) };
}
