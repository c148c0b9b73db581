// Updates the posts of one message to a person. A post that somebody has deleted stays away.
import { NotFound } from '../../errors.ts';
import type { Post } from '../../slack/render/render.ts';
import type { Sender } from '../../slack/send/send.ts';

export interface Posted {
  channel: string;
  /** Slack's ts of each post, in order. */
  ts: readonly string[];
  key: string;
}

/** `only`: the position of the one post that has changed. Absent: all. */
export async function updatePosts(
  sender: Pick<Sender, 'update'>,
  { channel, ts, key }: Posted,
  posts: readonly Post[],
  only?: number,
): Promise<void> {
  for (const [part, post] of posts.entries()) {
    const at = ts[part];
    if (at === undefined || (only !== undefined && part !== only)) continue;
    await sender.update({ channel, ts: at, post, key, part }).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
  }
}
