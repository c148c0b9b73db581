// Removes a file from Slack that Skein uploaded, because its text was erased.
import type { UnfileWish } from '../../pods/files/wishes.ts';
import { fileMark, sendingIn } from '../files/marks.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import type { Parts } from '../parts.ts';
import { conversationLane } from '../slack/post-target.ts';

export const unfile: DeliveryKind<'unfile'> = {
  lane: ({ conversation, person }) => (conversation ? conversationLane({ conversation }) : `files:${person}`),
  resource: SLACK_APP,
  promises: ['idempotent'],
  carry: removeShared,
};

export async function removeShared(
  { store, slack }: Pick<Parts, 'store' | 'slack'>,
  { version, conversation, person }: UnfileWish,
): Promise<void> {
  const sending = sendingIn(store);
  const mark = await sending.get(fileMark(version, conversation ?? person ?? ''));
  if (!mark?.file) return;
  await slack.removeFile(mark.file);
  await sending.delete(mark.id);
}
