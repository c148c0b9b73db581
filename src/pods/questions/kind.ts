// The kind `questions`: how a question changes, and how it is described and erased.
import type { Reader } from '../../log/action.ts';
import { bodiesIn, type Erasable, kind, type Names, type Phrase } from '../../log/kind.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { ConversationChange } from '../conversations/conversation.ts';
import { MESSAGES, type MessageChange, wordsOf } from '../conversations/message.ts';
import { because, quoted } from '../history/phrase.ts';
import { called } from '../people/directory.ts';
import { evolveQuestion } from './evolve/evolve-question.ts';
import { QUESTIONS, type QuestionChange, type QuestionDoc } from './question.ts';
import { questionNeeds } from './question-needs.ts';
import { withdrawnBy, wordsOfAsker } from './settling/erase-question.ts';
import { remindedOf } from './settling/reminders.ts';

export const questions = kind<QuestionDoc, QuestionChange>({
  ref: QUESTIONS,
  indexes: [
    { fields: ['pod', 'number'] },
    { fields: ['pod', 'state', 'at'] },
    { fields: ['conversation', 'state'] },
    { fields: ['task', 'state'] },
    { fields: ['asked', 'state'] },
    { fields: ['by', 'state'] },
    { fields: ['hearsIn', 'settled'] },
    { fields: ['dueAt'] },
  ],
  evolve: evolveQuestion,
  title: ({ body }) => body,
  needs: questionNeeds,
  word({ type }, { conversation, number }) {
    if (type === 'question_answered') return { conversation, did: `answered q${number}` };
    if (type === 'question_answer_erased') return { conversation, did: `took back an answer to q${number}` };
    return type === 'question_erased' ? { conversation, did: `erased q${number}` } : undefined;
  },
  describe,
  whoIn: (change) => {
    switch (change.type) {
      case 'question_asked':
        return change.asked;
      case 'question_passed':
        return change.to === 'owners' ? [] : [change.to];
      default:
        return [];
    }
  },
  docsIn: ({ id }) => [{ ref: QUESTIONS, id }],
  sourceErased: 'passages',
  erase,
});

/** Erases the question, all answers, and the message that asks it, which has the same words. */
async function erase(read: Reader, question: QuestionDoc): Promise<Erasable> {
  const { id, by, at, posted, answers, erased, message, conversation } = question;
  const [doc, withdrawn] = await Promise.all([read.get(MESSAGES, message), withdrawnBy(read, question)]);
  const stands = doc && !doc.erased ? doc : undefined;
  return {
    ...{ kind: 'question', id, posted, erased },
    authors: [by, ...answers.map((one) => one.by)],
    since: at,
    changes: (why): (QuestionChange | ConversationChange | MessageChange)[] => [
      ...withdrawn.changes,
      { v: 1, on: 'questions', id, type: 'question_erased', ...why },
      ...(stands ? [{ v: 1, on: 'messages', id: message, type: 'message_erased', ...why } as const] : []),
    ],
    bodies: [
      ...wordsOfAsker(question),
      ...bodiesIn(...answers.flatMap(({ choice, words, earlier = [] }) => [choice, words, ...earlier])),
      ...(stands ? wordsOf(stands).bodies : []),
    ],
    words: [
      ...wordsOfAsker(question),
      ...bodiesIn(...answers.flatMap(({ choice, words, earlier = [] }) => [choice, words, ...earlier])),
    ],
    conversation,
    blobs: [],
    lines: stands ? [{ message, conversation }] : [],
    wakes: withdrawn.wakes,
    reminders: remindedOf(question),
  };
}

function describe(change: QuestionChange, names: Names): Phrase | undefined {
  const doc = names.doc(QUESTIONS, change.id);
  const text = names.texts.get((change.type === 'question_asked' ? change.body : doc?.body) ?? '');
  const question = text ? `the question ${quoted(text)}` : 'a question that is erased';
  switch (change.type) {
    case 'question_asked': {
      const whom = change.role ? ['the owners'] : change.asked.map((one) => called(names.who, one).name);
      return ['asked', `${whom.join(', ')} ${text ? quoted(text) : 'a question that is erased'}`];
    }
    case 'question_answered': {
      const said = [change.choice, change.words].flatMap((ref) => names.texts.get(ref ?? '') ?? []);
      return ['answered', said.length ? `${question}: ${said.map(quoted).join(' ')}` : question];
    }
    case 'question_answer_changed': {
      const words = names.texts.get(change.words);
      return ['changed', `their answer to ${question}${words ? `: ${quoted(words)}` : ''}`];
    }
    case 'question_answer_erased':
      return ['erased', `an answer to ${question}${change.reopens ? ', which is open again' : ''}`];
    case 'question_passed':
      return ['passed', `${question} to ${change.to === 'owners' ? 'the owners' : nameOf(names, change.to)}`];
    case 'question_expired':
      return ['closed', `${question}, since nobody answered in time`];
    case 'question_withdrawn':
      return ['withdrew', question];
    case 'passage_erased':
      return ['erased', `words in ${question} that quoted something erased`];
    case 'question_erased':
      return ['erased', `a question${because(change, names)}`];
    case 'question_awaited':
    case 'question_extended':
    case 'question_reminded':
    case 'question_shown':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}

function nameOf({ who }: Names, id: ParticipantId): string {
  return called(who, id).name;
}
