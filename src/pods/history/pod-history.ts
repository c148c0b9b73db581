// pod_history: lists in sentences what was done in the pod, by whom and through which door.

import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { quoted } from '../../log/body.ts';
import type { Commit } from '../../log/commit.ts';
import { action } from '../action.ts';
import { changesOf } from '../kinds.ts';
import { marked } from '../marked.ts';
import { newestThatFit } from '../page-of.ts';
import { called } from '../people/directory.ts';
import { minute } from '../require.ts';
import { commitSentence, deed, hasSentence } from './history.ts';
import { sentenceFactsFor } from './sentence-facts.ts';

const number = z.int().min(1).optional();

export const podHistory = action({
  name: 'pod_history',
  title: 'Read the history',
  description:
    'Tells what was done in the pod, oldest first: the newest, or from one number to another (both included), at most limit numbers. A number that is missing was housekeeping, such as where a message stands in Slack.',
  input: z.strictObject({ from: number, to: number, limit: z.int().min(1).max(200).default(50) }),
  effect: 'read',
  allow: 'guest',
  async load(read, { from, to, limit }, ctx) {
    if (from !== undefined && to !== undefined && from > to)
      throw new InvalidInput(`from (${from}) is after to (${to}). Give the smaller number as from.`);
    const last = Math.min(to ?? Number.MAX_SAFE_INTEGER, await read.head(ctx.pod));
    const first = from ?? Math.max(1, last - limit + 1);
    const until = Math.min(last, first + limit - 1);
    const commits = await read.commits(ctx.pod, first, until);
    const next =
      from === undefined ? before(first) : until < last ? { from: until + 1, ...(to ? { to } : {}) } : undefined;
    return { commits, from, next, known: await sentenceFactsFor(read, commits) };
  },
  decide({ commits, from, next, known }) {
    const described = commits.filter((commit) => hasSentence(commit, known));
    const all = described.map((commit) => ({
      seq: commit.seq,
      at: minute(commit.at),
      ...saidEarlier(commit),
      who: called(known.who, commit.actor).name,
      text: quoted(commitSentence(commit, known), known.labelOf(commit)),
      did: quoted(deed(commit, known), known.labelOf(commit)),
      via: commit.via,
      ...(commit.onBehalfOf && commit.onBehalfOf !== commit.actor
        ? { for: called(known.who, commit.onBehalfOf).name }
        : {}),
    }));
    const outside = marked(described.map((commit) => known.labelOf(commit)));
    // A read from a number goes forward, and keeps the oldest entries.
    const history = from === undefined ? newestThatFit(all) : all;
    const first = history.length < all.length ? history[0] : undefined;
    const rest = first ? before(first.seq) : next;
    return { changes: [], result: { history, ...outside, ...(rest ? { next: rest } : {}) } };
  },
});

/**
 * Returns when a message was written, if Skein learned of it much later, for example because its channel was no pod
 * yet.
 */
function saidEarlier(commit: Commit): { said?: string } {
  const { at } = commit;
  const posted = changesOf(commit).find((change) => change.type === 'message_posted');
  return posted && at - posted.at > LATER_MS ? { said: minute(posted.at) } : {};
}

const LATER_MS = 60_000;

/** Returns the range with which older commits can be requested. */
function before(first: number): { to: number } | undefined {
  return first > 1 ? { to: first - 1 } : undefined;
}
