// Messages of the log, as posts in Slack: under their author's name, once, and kept in step with edits and erasures.

import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { broughtBy, MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { MARKDOWN_CHARS } from '../../slack/limits.ts';
import { blockWords } from '../../slack/parse/block-words.ts';
import { retryButton } from '../../slack/render/blocks.ts';
import { quoteBlock } from '../../slack/render/quote.ts';
import { type Block, type Rendered, render } from '../../slack/render/render.ts';
import { attach, detach, type PostDeps, type Posting, type Standing, send, takeBack } from './send-once.ts';
import { slackUsers } from './slack-users.ts';

export async function postToSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing) return;
  // Erased before it was sent; an attempt whose reply was lost may stand all the same.
  if (standing.message.erased) return takeBack(deps, standing);
  const rendered = await rendering(deps, delivery.pod, standing.message);
  if (!rendered.posts.length) return;
  const all = standing.message.ours ? timesOf(standing.message) : await posted(deps, standing, rendered.posts);
  await attach(deps, standing, rendered, all);
  // Erased while it was on its way: whoever erased it did not know that it would stand.
  const after = await standingOf(deps, delivery);
  if (after?.message.erased) await removeFromSlack(deps, delivery);
}

async function posted(deps: PostDeps, standing: Standing, posts: Rendered['posts']): Promise<string[]> {
  const all = await send(deps, standing, posts, standing.delivery.id);
  await record(deps, standing, all);
  return all;
}

/** Each part in its place; what is more is posted behind, what is too much is removed. */
export async function updateInSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing?.message.ours || standing.message.erased) return;
  const rendered = await rendering(deps, delivery.pod, standing.message);
  if (!rendered.posts.length) return;
  const stands = timesOf(standing.message);
  const { channel } = standing;
  await detach(deps, standing);
  for (const [part, ts] of stands.entries()) {
    const post = rendered.posts[part];
    if (post) await deps.sender.update({ channel, ts, post, key: delivery.id, part });
    else await deps.sender.remove({ channel, ts });
  }
  const inThread = { ...standing, thread: standing.thread ?? stands[0] ?? '' };
  const kept = stands.slice(0, rendered.posts.length);
  const missing = rendered.posts.slice(stands.length);
  const all = missing.length ? [...kept, ...(await send(deps, inThread, missing, `${delivery.id}:more`))] : kept;
  if (all.length !== stands.length) await record(deps, standing, all);
  await attach(deps, standing, rendered, all);
}

export async function removeFromSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const standing = await standingOf(deps, delivery);
  if (!standing?.message.ours) return;
  await detach(deps, standing);
  for (const ts of timesOf(standing.message).reverse()) await deps.sender.remove({ channel: standing.channel, ts });
}

async function record(deps: PostDeps, { delivery, message, team, channel }: Standing, ts: string[]): Promise<void> {
  await deps.act({
    pod: delivery.pod,
    actor: 'skein',
    via: 'skein',
    action: 'record_sent',
    input: { message: message.id, team, channel, ts },
    key: `sent:${delivery.id}`,
  });
}

async function standingOf(deps: PostDeps, delivery: Posting): Promise<Standing | undefined> {
  const [message, conversation] = await Promise.all([
    deps.read.get(MESSAGES, delivery.message),
    deps.read.get(CONVERSATIONS, delivery.conversation),
  ]);
  if (!message || conversation?.place.kind !== 'slack') return undefined;
  const { team, channel, thread } = conversation.place;
  return { delivery, message, team, channel, ...(thread ? { thread } : {}) };
}

async function rendering(deps: PostDeps, pod: string, message: MessageDoc): Promise<Rendered> {
  const forwarded = broughtBy(message);
  const texts = await deps.read.texts([message.body, forwarded]);
  const text = texts.get(message.body) ?? '';
  const outside = texts.get(forwarded ?? '');
  const users = await slackUsers(deps.read, deps.team, pod, text);
  // A name of its own, by which it is found again where a reply was lost.
  const fileName = `answer-${message.id.slice(-6)}.md`;
  const whole = [text, await triedAgain(deps, message)].filter(Boolean).join('\n\n');
  const said = render({ markdown: whole, people: (name) => users.get(name.toLowerCase()), fileName });
  const rendered = outside ? withQuote(said, brought(outside)) : said;
  return message.failed && !message.retriedBy ? withButton(rendered, retryButton(message.id)) : rendered;
}

/** Takes the place of the button under an agent's word that it failed. */
async function triedAgain({ read }: PostDeps, { retriedBy }: MessageDoc): Promise<string | undefined> {
  if (!retriedBy) return undefined;
  return `_${called(await namesOfAll(read, [retriedBy]), retriedBy).name} pressed Try again._`;
}

function withButton({ posts, ...rest }: Rendered, button: Block): Rendered {
  const last = posts.length - 1;
  return {
    ...rest,
    posts: posts.map((post, n) => (n === last ? { ...post, blocks: [...post.blocks, button] } : post)),
  };
}

const BROUGHT_LINES = 24;
const BROUGHT_CHARS = 1200;

/** The beginning of a forwarded mail, as it is. */
function brought(outside: string): Block | undefined {
  const whole = outside.trim();
  const lines = whole.split('\n').slice(0, BROUGHT_LINES).join('\n');
  const short = lines
    .slice(0, BROUGHT_CHARS)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  if (short.length === whole.length) return quoteBlock({ quote: short });
  return quoteBlock({
    quote: `${short}\n…`,
    note: 'This is its beginning; the whole mail is kept as the source.',
  });
}

/** Below what its sender wrote, in the last of the posts where it fits. */
function withQuote({ posts, ...rest }: Rendered, quote: Block | undefined): Rendered {
  if (!quote) return { posts, ...rest };
  const last = posts.at(-1);
  const joined = last && {
    ...last,
    blocks: [...last.blocks, quote],
    plain: `${last.plain ?? last.text}\n${blockWords(quote)}`,
  };
  const fits = joined && JSON.stringify(joined.blocks).length <= MARKDOWN_CHARS;
  const all = fits
    ? [...posts.slice(0, -1), joined]
    : [...posts, { text: 'A forwarded mail', blocks: [quote], plain: blockWords(quote) }];
  return { posts: all, ...rest };
}

function timesOf(message: MessageDoc): string[] {
  return message.places.filter((place) => place.startsWith('slack:')).map((place) => place.split(':').at(-1) ?? '');
}
