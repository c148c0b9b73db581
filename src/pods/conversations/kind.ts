// The kinds `conversations`, `messages` and `roots`: how they change, and how they are described, found and erased.
import type { Reader } from '../../log/action.ts';
import type { BodyRef } from '../../log/body.ts';
import { bodiesIn, type Erasable, kind, type Names, type Phrase } from '../../log/kind.ts';
import { type AgentId, isAgent } from '../../log/participant.ts';
import { because, quoted } from '../history/phrase.ts';
import { inWords, ownWords } from '../mail/mail-words.ts';
import { partRefs, partsOf } from '../mail/message-parts.ts';
import { conversationNeeds } from '../needs/conversation-needs.ts';
import { messageNeeds } from '../needs/message-needs.ts';
import { called } from '../people/directory.ts';
import type { QuestionChange } from '../questions/question.ts';
import { questionIn } from '../questions/settling/erase-question.ts';
import { remindedOf } from '../questions/settling/reminders.ts';
import { answerIn, withoutWords } from '../questions/settling/taken-back/answer-in.ts';
import { RECORD, SAID, SAID_BY_AGENT } from '../search/rank.ts';
import { CONVERSATIONS, type ConversationChange, type ConversationDoc, upcastTitle } from './conversation.ts';
import { evolveConversation } from './evolve/evolve-conversation.ts';
import { cameBy, evolveMessage, MESSAGES, type MessageChange, type MessageDoc, saidIn, wordsOf } from './message.ts';
import { upcastMessage } from './message-upcast.ts';
import { evolveRoot, ROOTS, type RootChange, type RootDoc } from './root.ts';
import { type AtWorkChange, isAtWorkChange } from './words/evolve-at-work.ts';

export const conversations = kind<ConversationDoc, ConversationChange>({
  ref: CONVERSATIONS,
  indexes: [
    { fields: ['pod', 'lastAt'] },
    { fields: ['pod', 'placeKey'] },
    // Used to count the mails of one person. Neither field ever changes, so the index entry is written once.
    { fields: ['pod', 'startedBy', 'startedAt'] },
  ],
  evolve: evolveConversation,
  needs: conversationNeeds,
  upcast: upcastTitle,
  search: {
    kind: 'conversation',
    posting: ({ startedAt, titleRef, erased }) =>
      titleRef || erased ? { at: startedAt, rank: RECORD, bodies: bodiesIn(titleRef) } : undefined,
    shown: ({ id }) => ({ conversation: id }),
  },
  title: ({ titleRef }) => titleRef,
  describe: describeConversation,
  whoIn(change) {
    const control = controlIn(change);
    return control ? [control.agent] : [];
  },
  /** Erases only the title, because messages are erased one by one. */
  async erase(_read, { id, startedBy, startedAt, titleRef, erased }) {
    if (!titleRef && !erased) return undefined;
    return {
      kind: 'title',
      id,
      authors: [startedBy],
      since: startedAt,
      erased,
      changes: (why): ConversationChange[] => [{ v: 1, on: 'conversations', id, type: 'title_erased', ...why }],
      bodies: bodiesIn(titleRef),
      blobs: [],
    };
  },
});

export const messages = kind<MessageDoc, MessageChange>({
  ref: MESSAGES,
  indexes: [
    { fields: ['conversation', 'posted'] },
    { fields: ['conversation', 'seq'] },
    { fields: ['conversation', 'by', 'posted'] },
    { fields: ['pod', 'seq'] },
    { fields: ['pod', 'places'] },
    { fields: ['mentions', 'at'], sparse: true },
  ],
  evolve: evolveMessage,
  needs: messageNeeds,
  word({ type }, { conversation }) {
    if (type === 'message_edited') return { conversation, did: 'edited a message' };
    return type === 'message_erased' ? { conversation, did: 'erased a message' } : undefined;
  },
  upcast: (change) => ('conversation' in change ? upcastMessage(change) : change),
  search: {
    kind: 'message',
    // A task line is not found by search: it repeats the title of its task, and the task is found.
    posting: (doc) => ({
      at: doc.at,
      rank: isAgent(doc.by) ? SAID_BY_AGENT : SAID,
      bodies: doc.line || doc.offer || doc.controls || doc.card || doc.tells ? [] : partRefs(doc),
    }),
    shown: (doc) => ({
      from: doc.by,
      conversation: doc.conversation,
      words: (texts) => ownWords(partsOf(doc, texts)),
    }),
  },
  describe: describeMessage,
  docsIn: (change) => (change.type === 'message_posted' ? [{ ref: CONVERSATIONS, id: change.conversation }] : []),
  sourceErased: 'passages',
  erase: eraseMessage,
});

export const roots = kind<RootDoc, RootChange>({ ref: ROOTS, indexes: [{ fields: ['pod'] }], evolve: evolveRoot });

function describeConversation(change: ConversationChange, names: Names): Phrase | undefined {
  if (isAtWorkChange(change)) {
    const control = controlIn(change);
    return control && [control.verb, called(names.who, control.agent).name];
  }
  switch (change.type) {
    case 'conversation_started': {
      if (!change.titleRef) return undefined;
      const title = names.texts.get(change.titleRef);
      return ['started', title ? `the conversation ${quoted(title)}` : 'a conversation whose title is erased'];
    }
    case 'title_erased':
      return ['erased', `the title of a conversation${because(change, names)}`];
    case 'message_added':
    case 'conversation_mailed':
    case 'conversation_recalled':
    case 'agents_called':
    case 'file_written':
    case 'files_given':
    case 'stand_in_asked':
    case 'owners_asked':
    case 'reply_taken_back':
    case 'wake_left':
    case 'question_opened':
    case 'question_closed':
    case 'question_end_heard':
    case 'question_unanswered':
    case 'unanswered_lifted':
    case 'conversation_placed':
    case 'work_given':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

/** The verb of the sentence about what a person did to an agent at work. The other changes of its entry have no sentence. */
const CONTROL_VERBS: Readonly<Partial<Record<AtWorkChange['type'], string>>> = {
  run_stopped: 'stopped',
  run_paused: 'paused',
  run_resumed: 'lifted the pause of',
  work_taken: 'took over from',
  work_handed_back: 'handed back to',
};

function controlIn(change: ConversationChange): { verb: string; agent: AgentId } | undefined {
  const verb = isAtWorkChange(change) ? CONTROL_VERBS[change.type] : undefined;
  return verb !== undefined && 'agent' in change ? { verb, agent: change.agent } : undefined;
}

/** True if the message stands and the change's words have been replaced. Whoever edits takes the earlier words back. */
function isEarlier({ id, body }: { id: string; body: BodyRef }, names: Names): boolean {
  const doc = names.doc(MESSAGES, id);
  return doc !== undefined && !doc.erased && doc.body !== body;
}

function describeMessage(change: MessageChange, names: Names): Phrase | undefined {
  const { texts } = names;
  switch (change.type) {
    case 'message_posted': {
      // A task line has no sentence, because the change to the task says the same, and a line about an agent's pause
      // has none either, nor has what tells of a commit by mail. An offer has none, because it matters only in its thread.
      if (change.line || change.offer || change.controls || change.card || change.tells) return undefined;
      const { words, ...came } = partsOf(change, texts);
      const title = texts.get(names.doc(CONVERSATIONS, change.conversation)?.titleRef ?? '');
      const text = change.mail ? words || 'a mail without words of theirs' : inWords({ words, ...came });
      const shown = texts.has(change.body) ? quoted(text) : 'a message that is erased';
      const said = isEarlier(change, names) ? 'a message that was edited since' : shown;
      return ['wrote', `${said}${title ? ` in ${quoted(title)}` : ''}`];
    }
    case 'message_edited': {
      const words = texts.get(change.body);
      if (isEarlier(change, names)) return ['edited', 'a message that was edited again since'];
      if (words === undefined) return ['edited', 'a message that is erased'];
      const files = (change.files ?? []).flatMap((ref) => texts.get(ref) ?? []);
      return ['edited', `a message to ${quoted(inWords({ words, files, notes: [] }))}`];
    }
    case 'message_erased':
      return ['erased', `a message${because(change, names)}`];
    case 'earlier_erased':
      return ['erased', 'what a message said before it was edited'];
    case 'passage_erased':
      return ['erased', 'words in a message that quoted something erased'];
    case 'message_recalled':
    case 'task_joined':
    case 'offer_taken':
    case 'message_retried':
    // The task has a sentence of its own.
    case 'mail_separated':
    case 'message_sent':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

async function eraseMessage(read: Reader, doc: MessageDoc): Promise<Erasable> {
  const { id, by, erased, ours, conversation } = doc;
  const { bodies, blobs } = wordsOf(doc);
  const question = await questionIn(read, doc);
  const answer = withoutWords(await answerIn(read, doc));
  // The post goes on showing the other tasks.
  const shared = doc.cards !== undefined;
  return {
    kind: 'message',
    id,
    authors: [by],
    ...(await cameBy(read, doc)),
    erased,
    changes: (why): (MessageChange | QuestionChange | ConversationChange)[] => [
      { v: 1, on: 'messages', id, type: 'message_erased', ...why },
      ...question.changes,
      ...answer.changes,
    ],
    ...(doc.files?.length ? { files: doc.files } : {}),
    bodies: [...new Set([...bodies, ...question.bodies, ...answer.bodies])],
    words: [...saidIn(doc), ...question.bodies],
    conversation,
    blobs,
    wakes: question.wakes,
    updates: [
      ...answer.shows.map(({ message, conversation: at }) => ({ message, conversation: at })),
      ...(shared ? [{ message: id, conversation }] : []),
    ],
    reminders: [...question.reminders, ...answer.shows.flatMap(remindedOf)],
    postedIn: ours && !shared ? conversation : undefined,
  };
}
