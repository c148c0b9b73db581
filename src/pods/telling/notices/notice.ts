// A notice in Slack: where its posts are, and which items they show. Stored in the person's own log.
import { idOf } from '../../../log/ids.ts';
import { type Own, ref, type ViewDoc } from '../../../log/view.ts';

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
}

export const NOTICES = ref<NoticeDoc>('notices');

export type NoticeChange = { v: 1; on: 'notices'; id: string; type: 'notice_sent' } & Pick<
  NoticeDoc,
  'team' | 'channel' | 'key' | 'ts' | 'items' | 'parts'
>;

/** Returns the id of the notice. A commit that tells a person makes at most one notice. */
export function noticeId(ownLog: string, seq: number): string {
  return idOf('w', ownLog, String(seq));
}

export function evolveNotice(_doc: NoticeDoc | undefined, change: NoticeChange): Own<NoticeDoc> {
  const { team, channel, key, ts, items, parts } = change;
  return { team, channel, key, ts, items, parts };
}
