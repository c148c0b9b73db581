// Posts a message of the log in Slack under its author's name. If Slack refuses every form of it, reports that in the
// thread. If Slack can't be reached for over an hour, the people whom it names are told otherwise.
import { Retryable } from '../../errors.ts';
import type { Rendered } from '../../slack/render/render.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import { attach } from '../slack/attach.ts';
import { claimMentions, releaseLeft, releaseMentions } from '../slack/claim-mentions.ts';
import { renderMessage } from '../slack/message-posts.ts';
import {
  conversationLane,
  isGone,
  type Posting,
  type PostTarget,
  postTargetOf,
  timesOf,
} from '../slack/post-target.ts';
import { reportRefused } from '../slack/refused-post.ts';
import { firstAttempt, type PostDeps, postDeps, record, send, takeBack } from '../slack/send-once.ts';
import { sayElsewhere } from '../slack/voices/say-elsewhere.ts';
import { lostIn } from '../slack/voices/voice.ts';
import { SLACK_AWAY_MS } from './notice.ts';
import { removeFromSlack } from './unpost.ts';

export const post: DeliveryKind<'post'> = {
  lane: conversationLane,
  resource: SLACK_APP,
  promises: ['look-up'],
  async carry(parts, delivery) {
    try {
      await postToSlack(postDeps(parts), delivery);
    } catch (error) {
      if (!(error instanceof Retryable)) throw error;
      throw new Retryable(error.message, error.retryAfterMs, { cause: error, patienceMs: PATIENCE_MS });
    }
  },
  async onRetry(parts, delivery) {
    const since = await firstAttempt(postDeps(parts), delivery.id);
    if (since !== undefined && parts.clock() - since >= SLACK_AWAY_MS) await releaseMentions(parts, delivery, since);
  },
  async onAside(parts, delivery, error) {
    await releaseMentions(parts, delivery, await firstAttempt(postDeps(parts), delivery.id));
    await reportRefused(parts, delivery, error);
  },
};

/** How long a post is tried again while Slack can't be reached, in milliseconds. What was said is not lost meanwhile. */
const PATIENCE_MS = 86_400_000;

async function postToSlack(deps: PostDeps, delivery: Posting): Promise<void> {
  const target = await postTargetOf(deps, delivery);
  if (!target) return;
  // The message was erased before this attempt. An earlier attempt whose reply was lost may have posted it.
  if (isGone(target.message)) return takeBack(deps, target);
  const rendered = await renderMessage(deps, delivery.pod, target.message);
  if (!rendered.posts.length && target.message.cards) return takeBack(deps, target);
  if (!rendered.posts.length) return;
  const { read, slack } = deps;
  const lost = await lostIn({ read, apps: slack.apps }, { pod: delivery.pod, channel: target.channel });
  if (lost && !target.message.ours) return sayElsewhere(deps, target, rendered, lost);
  const all = target.message.ours ? timesOf(target.message) : await posted(deps, target, rendered.posts);
  await attach(deps, target, rendered, all);
  // The message was erased during the post, when the erasure found no post to remove.
  const after = await postTargetOf(deps, delivery);
  if (after && isGone(after.message)) await removeFromSlack(deps, delivery);
}

async function posted(deps: PostDeps, target: PostTarget, posts: Rendered['posts']): Promise<string[]> {
  const late = await claimMentions(deps, target, posts);
  const shown = late.size ? (await renderMessage(deps, target.delivery.pod, target.message, late)).posts : posts;
  const all = await send(deps, target, shown, target.delivery.id);
  await releaseLeft(deps, target);
  await record(deps, target, all);
  return all;
}
