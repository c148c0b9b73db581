// Sends a digest as a direct message under the main app's name, and updates it later.
import { Conflict } from '../../../errors.ts';
import type { Act } from '../../../log/act.ts';
import { canonical } from '../../../log/ids.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { NOTICES, type NoticeDoc, noticeId } from '../../../pods/telling/notices/notice.ts';
import type { Item, Line, SentDigest } from '../../../pods/telling/notices/sent-digest.ts';
import { repeated } from '../../../pods/telling/notices/sent-digest.ts';
import type { Sender } from '../../../slack/send/send.ts';
import type { Collection } from '../../../store/port.ts';
import type { WordsDeps } from '../../notices/notice-words.ts';
import type { Worded } from '../../wordings.ts';
import { noticeRows } from '../notices/rows.ts';
import { begun, type SendingDoc } from '../send-once.ts';
import { slackUserOf } from '../slack-user.ts';
import { updatePosts } from '../update-posts.ts';
import { digestPosts, inPlaceOf, lineText, type Rows, standsApart } from './posts.ts';

export interface SlackDigestDeps extends WordsDeps {
  act: Act;
  sender: Pick<Sender, 'openDm' | 'post' | 'update'>;
  team: string;
  sending: Collection<SendingDoc>;
  clock(): number;
}

export async function digestToSlack(deps: SlackDigestDeps, worded: Worded): Promise<void> {
  const { sender, team, texts } = deps;
  const { person, key, sections, facts, time } = worded;
  const user = slackUserOf(person, team);
  // The person's account is in another workspace, or no longer exists.
  if (!user) return;
  const said = { today: facts.today, time, zone: facts.person.timeZone, sections };
  const rows = await rowsOf(deps, person, said);
  const digest = { ...said, apart: standsApart(texts, said, rows) };
  const channel = await sender.openDm(user);
  const earlier = await begun(deps, key);
  const posts = digestPosts(texts, digest, rows);
  const { all: ts } = await sender.post({ channel, posts, key, resend: earlier !== undefined, oldest: earlier });
  const items = linesOf(digest).flatMap(({ item }) => item ?? []);
  try {
    await deps.act({
      ...{ pod: person.id, actor: 'skein', via: 'skein', action: 'record_digest', key: `sent:${key}` },
      input: { key, team, channel, ts, items, digest: JSON.stringify(digest), about: repeated(sections) },
    });
  } catch (error) {
    // A Conflict means that an earlier attempt recorded the digest, and its words have changed since.
    if (!(error instanceof Conflict)) throw error;
    const sent = await deps.read.get(NOTICES, noticeId(person.id, key));
    if (sent) await showDigest(deps, sent, person);
    return;
  }
  // An item may have been settled during the post, when the digest was not on the log yet.
  if (canonical(await rowsOf(deps, person, said)) !== canonical(rows))
    await show(deps, person, { channel, ts, key }, digest);
}

/** Updates the posts of a digest, so that they show the present state of its items. */
export async function showDigest(deps: SlackDigestDeps, sent: NoticeDoc, person: PersonDoc): Promise<void> {
  const words = sent.digest && (await deps.read.texts([sent.digest])).get(sent.digest);
  if (words) await show(deps, person, sent, JSON.parse(words) as SentDigest);
}

async function show(
  deps: SlackDigestDeps,
  person: PersonDoc,
  at: Pick<NoticeDoc, 'channel' | 'ts' | 'key'>,
  digest: SentDigest,
): Promise<void> {
  const posts = digestPosts(deps.texts, digest, await rowsOf(deps, person, digest));
  await updatePosts(deps.sender, at, inPlaceOf(deps.texts, at.ts.length, posts));
}

/** Returns the lines of what waits as rows. A line with an item shows the item's present state. */
async function rowsOf(deps: WordsDeps, person: PersonDoc, digest: Pick<SentDigest, 'sections'>): Promise<Rows> {
  const lines = linesOf(digest);
  const items = lines.flatMap((line): (Item & Pick<Line, 'text'>)[] =>
    line.item ? [{ ...line.item, text: line.text }] : [],
  );
  const rows = new Map((await noticeRows(deps, person, items)).map((row) => [row.need, row]));
  return lines.map((line) => rows.get(line.item?.need ?? '') ?? { text: lineText(deps.texts, line) });
}

function linesOf({ sections }: Pick<SentDigest, 'sections'>): Line[] {
  return sections.flatMap(({ waits, lines }) => (waits ? lines : []));
}
