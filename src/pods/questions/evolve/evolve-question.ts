// The next question after a change. Pure. Only an answer of a person who may answer settles a question.
import type { PersonId } from '../../../log/participant.ts';
import { erasedBy, type Meta, type Own } from '../../../log/view.ts';
import type { Answer, Hearing, QuestionChange, QuestionDoc } from '../question.ts';

/** More posts than this are not kept up to date: a question is reminded of twice, and passes to few people. */
const MOST_POSTS = 20;

export function evolveQuestion(
  doc: QuestionDoc | undefined,
  change: QuestionChange,
  meta: Meta,
): Own<QuestionDoc> | undefined {
  if (change.type === 'question_asked') {
    const { v: _v, on: _on, id: _id, type: _type, live: _live, ...asked } = change;
    const { actor: by, at, seq: posted, label } = meta;
    const labels = label ? { labels: { body: label } } : {};
    return { ...asked, by, at, posted, told: [posted], state: 'open', answers: [], ...labels };
  }
  if (!doc) return undefined;
  if (change.type === 'question_erased') {
    const { labels: _labels, otherwise: _otherwise, ...rest } = doc;
    const answers = doc.answers.map(({ choice: _choice, words, earlier: _earlier, ...rest }) =>
      change.own && words ? { ...rest, words } : rest,
    );
    return { ...rest, body: '', options: [], answers, erased: erasedBy(meta, change.reasonRef, doc.erased) };
  }
  if (change.type === 'question_shown') {
    const others = (doc.posts ?? []).filter(({ key }) => key !== change.post.key);
    return { ...doc, posts: [...others, change.post].slice(-MOST_POSTS) };
  }
  if (change.type === 'question_answer_changed')
    return { ...doc, answers: doc.answers.map((one) => reworded(one, change)) };
  if (change.type === 'question_answer_erased')
    return change.reopens ? reopened(doc, change, meta) : { ...doc, answers: withoutAnswer(doc, change.by) };
  if (change.type === 'passage_erased' || doc.state !== 'open') return doc;
  switch (change.type) {
    case 'question_answered':
      return answered(doc, change, meta);
    case 'question_awaited':
      return { ...doc, awaited: true };
    case 'question_reminded':
      return { ...doc, dueAt: change.dueAt, remindedAt: meta.at, told: [...doc.told, meta.seq] };
    case 'question_extended':
      return { ...doc, neededBy: change.neededBy, dueAt: change.neededBy };
    case 'question_passed':
      return passedOver(doc, change, meta);
    case 'question_expired':
      return { ...doc, ...settledBy(change, meta), state: 'expired' };
    case 'question_withdrawn':
      return {
        ...doc,
        ...settledBy(change, meta),
        state: 'withdrawn',
        withdrawn: { by: meta.actor, why: change.why },
      };
    default:
      change satisfies never;
      return doc;
  }
}

function answered(
  doc: QuestionDoc,
  change: Extract<QuestionChange, { type: 'question_answered' }>,
  meta: Meta,
): Own<QuestionDoc> {
  const { by, for: absent, choice, words, allows } = change;
  if (doc.answers.some((one) => one.by === by)) return doc;
  const answer: Answer = {
    by,
    ...(absent ? { for: absent } : {}),
    at: meta.at,
    given: meta.seq,
    ...(choice ? { choice } : {}),
    ...(words ? { words } : {}),
    ...(allows ? { allows } : {}),
  };
  const answers = [...doc.answers, answer];
  if (answers.length < doc.needed) return { ...doc, answers };
  return { ...doc, ...settledBy(change, meta), answers, state: 'answered' };
}

function reworded(
  answer: Answer,
  { by, words, choice, allows }: Extract<QuestionChange, { type: 'question_answer_changed' }>,
): Answer {
  if (answer.by !== by) return answer;
  const { choice: chosen, words: said, allows: _allows, earlier = [], ...rest } = answer;
  const before = [...earlier, ...[said, chosen].filter((one) => one !== undefined)];
  return { ...rest, words, ...(choice ? { choice } : {}), ...(allows ? { allows } : {}), earlier: before };
}

function reopened(
  doc: QuestionDoc,
  { by, reopens }: Extract<QuestionChange, { type: 'question_answer_erased' }>,
  { seq }: Meta,
): Own<QuestionDoc> {
  const { settledAt: _settledAt, settled: _settled, hearer: _hearer, hearsIn: _hearsIn, ...open } = doc;
  const answers = doc.answers.filter((one) => one.by !== by);
  return { ...open, ...reopens, state: 'open', answers, reopened: seq };
}

function withoutAnswer({ answers, state }: QuestionDoc, by: PersonId): Answer[] {
  if (state === 'open') return answers.filter((one) => one.by !== by);
  return answers.map(({ words, earlier, ...rest }) =>
    rest.by === by ? rest : { ...rest, ...(words ? { words } : {}), ...(earlier ? { earlier } : {}) },
  );
}

function passedOver(
  doc: QuestionDoc,
  { from, to, why, dueAt }: Extract<QuestionChange, { type: 'question_passed' }>,
  meta: Meta,
): Own<QuestionDoc> {
  const staying = doc.asked.filter((one) => !from.includes(one));
  const passed = [...(doc.passed ?? []), { from, to, why, at: meta.at }];
  // A person who is still there may still answer.
  const kept = why === 'left' ? staying : doc.asked;
  const open = { ...doc, passed, dueAt, told: [...doc.told, meta.seq] };
  if (to === 'owners') return { ...open, asked: kept, role: 'owners', needed: 1 };
  const asked = [...new Set([...kept, to])];
  return { ...open, asked, needed: Math.min(doc.needed, asked.length) };
}

type Settled = Pick<QuestionDoc, 'dueAt' | 'settledAt' | 'settled'> & Partial<Hearing>;

function settledBy({ hearer, hearsIn }: Partial<Hearing>, { at, seq }: Meta): Settled {
  return { dueAt: 0, settledAt: at, settled: seq, ...(hearer && hearsIn ? { hearer, hearsIn } : {}) };
}
