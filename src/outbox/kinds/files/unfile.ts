// Removes a file from Slack that Skein uploaded, because its text was erased.
import type { UnfileWish } from '../../../pods/files/wishes.ts';
import { fileMark, sendingIn } from '../../files/marks.ts';
import { type DeliveryKind, SLACK_APP } from '../../kind.ts';
import type { Parts } from '../../parts.ts';
import { conversationLane } from '../../slack/post-target.ts';
import { removeShared } from '../../slack/voices/voice.ts';

export const unfile: DeliveryKind<'unfile'> = {
  lane: ({ conversation, person }) => (conversation ? conversationLane({ conversation }) : `files:${person}`),
  resource: SLACK_APP,
  promises: ['idempotent'],
  carry: removeVersion,
};

export async function removeVersion(
  { store, slack }: Pick<Parts, 'store' | 'slack'>,
  { version, conversation, person }: UnfileWish,
): Promise<void> {
  const sending = sendingIn(store);
  const mark = await sending.get(fileMark(version, conversation ?? person ?? ''));
  if (!mark?.file) return;
  await removeShared(slack, mark.file);
  await sending.delete(mark.id);
}
