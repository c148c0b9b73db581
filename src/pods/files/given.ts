// The deliveries that bring an agent's files into the thread in which it wrote them. Pure.
import type { ParticipantId } from '../../log/participant.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import type { Wish } from '../deliveries.ts';
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
