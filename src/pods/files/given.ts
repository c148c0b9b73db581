// The deliveries that bring a file to people and take it away again. Pure.
import type { ParticipantId } from '../../log/participant.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import type { Wish } from '../deliveries.ts';
import type { VersionDoc } from './file.ts';
import type { UnfileWish } from './wishes.ts';
import type { FileRef } from './written.ts';

/** Only a conversation in Slack has a thread to which a file can be uploaded. By mail, the message carries its files. */
export function givenWishes(
  conversation: Pick<ConversationDoc, 'id' | 'place'> | undefined,
  by: ParticipantId,
  files: readonly FileRef[],
): Wish<'file'>[] {
  if (conversation?.place.kind !== 'slack') return [];
  return files.map((file) => ({ kind: 'file', conversation: conversation.id, by, ...file }));
}

/** Where Skein may have uploaded the version: in a thread, and in direct messages. */
export function uploadsOf({ id: version, conversation, sentTo = [] }: VersionDoc): UnfileWish[] {
  return [...(conversation ? [{ version, conversation }] : []), ...sentTo.map((person) => ({ version, person }))];
}
