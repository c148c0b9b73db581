// A notice in Slack: where its posts are, and which items they show; of a digest by mail, what it repeats. Stored in the
// person's own log.

import type { BodyRef } from '../../../log/body.ts';
import { idOf } from '../../../log/ids.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../../log/view.ts';

export interface NoticeDoc extends ViewDoc {
  team: string;
  channel: string;
  /** The key of the delivery that posted the notice. Its posts carry the same key. */
  key: string;
  /** Slack's ts of each post, in order. */
  ts: string[];
  /** The items of the notice. `parts`: how many of them each post shows. */
  items: { need: string; pod: string }[];
  parts: number[];
  /** The body that holds a digest as it was sent. Absent for a notice. */
  digest?: BodyRef;
  /** The ids of the documents whose words the digest repeats. */
  about?: string[];
  /** When it went by mail, in milliseconds since 1970. Such a digest has no posts, and can't be changed. */
  mailedAt?: number;
}

export const NOTICES = ref<NoticeDoc>('notices');

type Sent = Pick<NoticeDoc, 'team' | 'channel' | 'key' | 'ts' | 'items' | 'parts' | 'digest' | 'about'>;

export type NoticeChange = { v: 1; on: 'notices'; id: string } & (
  | ({ type: 'notice_sent' } & Sent)
  | { type: 'digest_mailed'; key: string; about: string[] }
  /** Words that the digest repeated were erased. */
  | { type: 'digest_reworded'; digest: BodyRef; about: string[] }
);

/**
 * Returns the id of a notice or a digest. `by`: for a notice the number of the commit that tells the person, which makes
 * at most one; for a digest the key of its delivery.
 */
export function noticeId(ownLog: string, by: number | string): string {
  return idOf('w', ownLog, String(by));
}

export function evolveNotice(
  doc: NoticeDoc | undefined,
  change: NoticeChange,
  { at }: Meta,
): Own<NoticeDoc> | undefined {
  switch (change.type) {
    case 'notice_sent': {
      const { team, channel, key, ts, items, parts, digest, about } = change;
      const words = { ...(digest ? { digest } : {}), ...(about?.length ? { about } : {}) };
      return { team, channel, key, ts, items, parts, ...words };
    }
    case 'digest_mailed': {
      const { key, about } = change;
      return { team: '', channel: '', key, ts: [], items: [], parts: [], about, mailedAt: at };
    }
    case 'digest_reworded':
      return doc && { ...doc, digest: change.digest, about: change.about };
    default:
      change satisfies never;
      return doc;
  }
}
