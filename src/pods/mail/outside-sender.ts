// The person outside whose mail began a conversation: Skein itself writes to nobody outside, so a member answers them.
import type { Reader } from '../../log/action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../conversations/message.ts';

/** All of it are words from outside, as the mail states them. */
export interface OutsideSender {
  /** Empty if the mail has only an address. */
  name: string;
  address: string;
  /** False if somebody else may have sent the mail in their name. */
  proved: boolean;
  /** The subject of the mail. Empty after an erasure. */
  title: string;
  /** Absent for a mail without a Message-ID. */
  messageId?: string;
  conversation: Pick<ConversationDoc, 'id' | 'pod'>;
}

/** Returns the message with which a stranger's mail began the conversation. */
export async function letInMessage(
  { find }: Pick<Reader, 'find'>,
  conversation: string,
): Promise<MessageDoc | undefined> {
  const [first] = await find(MESSAGES, { where: { conversation }, sort: [['posted', 'asc']], limit: 1 });
  return first?.mail?.letIn && !first.erased ? first : undefined;
}

/** Undefined if a member began the conversation, or if the mail was erased. */
export async function outsideSender(
  read: Pick<Reader, 'find' | 'get' | 'texts'>,
  conversation: string | undefined,
): Promise<OutsideSender | undefined> {
  const first = conversation ? await letInMessage(read, conversation) : undefined;
  const talk = first && (await read.get(CONVERSATIONS, first.conversation));
  if (!first?.brought || !talk) return undefined;
  const texts = await read.texts([first.brought, first.mail?.subject]);
  const from = senderIn(texts.get(first.brought) ?? '');
  if (!from) return undefined;
  const id = first.places.find((place) => place.startsWith(MAIL))?.slice(MAIL.length);
  return {
    ...from,
    proved: first.mail?.letIn !== 'unproved',
    title: texts.get(first.mail?.subject ?? '') ?? '',
    // An id that Skein made for a mail without one is in no mail.
    ...(id && !id.endsWith('@content>') ? { messageId: id } : {}),
    conversation: talk,
  };
}

const MAIL = 'mail:';
/** The first line of what a stranger's mail says, as Skein stores it. Sender names are one line, and the address ends it. */
const FROM = /^From: (.{0,400}?) ?<([^\s<>]{3,320})>$/u;

function senderIn(brought: string): { name: string; address: string } | undefined {
  const [, name = '', address = ''] = FROM.exec(brought.slice(0, 1_000).split('\n')[0] ?? '') ?? [];
  return address ? { name: name.trim(), address } : undefined;
}
