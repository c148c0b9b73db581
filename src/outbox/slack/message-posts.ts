// Renders a message of the log as Slack posts, with its text, forwarded text and buttons.

import { type AgentId, handleOf } from '../../log/participant.ts';
import type { MessageDoc } from '../../pods/conversations/message.ts';
import { shownTo } from '../../pods/mail/message-parts.ts';
import { called, namesOfAll } from '../../pods/people/directory.ts';
import { MARKDOWN_CHARS } from '../../slack/limits.ts';
import { blockWords } from '../../slack/parse/block-words.ts';
import { offerButtons, retryButton, separateButton } from '../../slack/render/blocks.ts';
import { mrkdwnOf } from '../../slack/render/neutral.ts';
import { quoteBlock } from '../../slack/render/quote.ts';
import { type Block, type Rendered, render } from '../../slack/render/render.ts';
import type { Texts } from '../../texts/texts.ts';
import { belowConflict } from './conflict-card.ts';
import { controlButtons } from './control-buttons.ts';
import { belowQuestion } from './questions/below.ts';
import { runCard } from './runs/run-card.ts';
import type { PostDeps } from './send-once.ts';
import { slackUsers } from './slack-users.ts';
import { stepList } from './step-list.ts';
import { taskCard } from './task-card.ts';

export async function renderMessage(
  deps: Pick<PostDeps, 'read' | 'texts' | 'team' | 'slack' | 'answering'>,
  pod: string,
  message: MessageDoc,
  /** Slack users whose names stand without a mention. */
  quiet: ReadonlySet<string> = new Set(),
): Promise<Rendered> {
  const { read, texts } = deps;
  const run = await runCard(deps, message);
  if (run) return { posts: [run] };
  const card = await taskCard(deps, message);
  if (card?.kind === 'shared') return { posts: card.post ? [card.post] : [] };
  const { text: said = '', brought: outside } = (await shownTo(read, message)) ?? {};
  const text = (await stepList(deps, message)) ?? said;
  const users = await slackUsers(read, deps.team, pod, text, deps.slack.apps);
  const live = (name: string) => {
    const user = users.get(name.toLowerCase());
    return user && !quiet.has(user) ? user : undefined;
  };
  // The file name is unique per message, so that a retry after a lost reply finds the file.
  const fileName = `answer-${message.id.slice(-6)}.md`;
  const below = await belowQuestion(deps, message.question);
  const whole = [text, await triedAgain(deps, message), ...(below?.lines ?? [])].filter(Boolean).join('\n\n');
  const rendition = render({ markdown: whole, people: live, fileName });
  const rendered = outside ? withQuote(texts, rendition, brought(texts, outside)) : rendition;
  if (card) return withCard(rendered, card);
  const conflict = await belowConflict(deps, message.copy);
  if (conflict.length) return withBlocks(rendered, conflict);
  const foot = [below?.time, below?.buttons].filter((one) => one !== undefined);
  if (foot.length) return withBlocks(rendered, foot);
  const control = await controlButtons(deps, pod, message);
  if (control) return withButton(rendered, control);
  const offered = message.offer?.agents ?? [];
  if (offered.length) return withButton(rendered, buttonsFor(texts, pod, message, offered));
  if (message.mail?.joined)
    return withButton(rendered, separateButton(texts.fill('message-notes', 'separate'), `${pod}/${message.id}`));
  if (!message.failed || message.retriedBy) return rendered;
  return withButton(rendered, retryButton(texts.fill('message-notes', 'try-again'), message.id));
}

/**
 * Returns the buttons that add an offered agent. The value contains the pod, because a click may come from a channel
 * that has no pod.
 */
function buttonsFor(texts: Texts, pod: string, { id }: MessageDoc, agents: readonly AgentId[]): Block {
  const labels = agents.map((agent) => texts.fill('message-notes', 'bring-in', { agent: handleOf(agent) }));
  return offerButtons(labels, (n) => [pod, id, agents[n]].join('/'));
}

/** The line that replaces the “Try again” button after a click. */
async function triedAgain(
  { read, texts }: Pick<PostDeps, 'read' | 'texts'>,
  { retriedBy }: MessageDoc,
): Promise<string | undefined> {
  if (!retriedBy) return undefined;
  const { name } = called(await namesOfAll(read, [retriedBy]), retriedBy);
  return texts.fill('message-notes', 'tried-again', { person: name });
}

/**
 * Puts the words of the message between the card's head and its buttons: small, because they say what happened once,
 * and the card says what is so now.
 */
function withCard({ posts, ...rest }: Rendered, { head, foot }: { head: Block; foot: Block }): Rendered {
  const last = posts.length - 1;
  return {
    ...rest,
    posts: posts.map((post, n) => ({
      ...post,
      blocks: [...(n === 0 ? [head] : []), ...post.blocks.map(small), ...(n === last ? [foot] : [])],
    })),
  };
}

/** The most characters of a text in a context block are 3000; escaping lengthens it. */
const MOST_SMALL_CHARS = 1000;

/** Renders short words as a context block. A mention stays in its block, because only there it is live. */
function small(block: Block): Block {
  const { type, text } = block;
  if (type !== 'markdown' || typeof text !== 'string' || text.length > MOST_SMALL_CHARS || text.includes('<@'))
    return block;
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwnOf(text) }] };
}

function withButton(rendered: Rendered, button: Block): Rendered {
  return withBlocks(rendered, [button]);
}

function withBlocks({ posts, ...rest }: Rendered, below: readonly Block[]): Rendered {
  const last = posts.length - 1;
  return {
    ...rest,
    posts: posts.map((post, n) => (n === last ? { ...post, blocks: [...post.blocks, ...below] } : post)),
  };
}

const BROUGHT_LINES = 24;
const BROUGHT_CHARS = 1200;

/** Returns the start of a forwarded mail as a block that shows it literally. */
function brought({ fill }: Texts, outside: string): Block | undefined {
  const whole = outside.trim();
  const lines = whole.split('\n').slice(0, BROUGHT_LINES).join('\n');
  const short = lines
    .slice(0, BROUGHT_CHARS)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
  if (short.length === whole.length) return quoteBlock({ quote: short });
  return quoteBlock({
    quote: `${short}\n…`,
    note: fill('message-notes', 'beginning'),
  });
}

/** Adds the quote to the last post that has enough room, below the sender's own text. */
function withQuote({ fill }: Texts, { posts, ...rest }: Rendered, quote: Block | undefined): Rendered {
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
    : [...posts, { text: fill('message-notes', 'forwarded'), blocks: [quote], plain: blockWords(quote) }];
  return { posts: all, ...rest };
}
