// A question that a participant has put to people, and its answers. Only a commit of a person who may answer settles it.
import type { BodyRef } from '../../log/body.ts';
import type { Labels } from '../../log/labels/label.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface QuestionDoc extends ViewDoc {
  /** 1, 2, 3 … within the pod. People and agents write `q3`. */
  number: number;
  by: ParticipantId;
  conversation: string;
  /** The message that asks it, and the commit that brought it. */
  message: string;
  posted: number;
  /** Empty after an erasure. */
  body: BodyRef | '';
  options: BodyRef[];
  /** The people who may answer. Empty if it is put to a role. */
  asked: PersonId[];
  /** Every owner may answer, and the first settles it. */
  role?: 'owners';
  /** How many of those asked must answer. */
  needed: number;
  /** Milliseconds since 1970. It expires then. */
  neededBy?: number;
  /** The person it passes to if nobody answers in time, or if the person asked can't answer any more. */
  fallback?: PersonId;
  /** The option that its author takes if nobody answers. */
  otherwise?: BodyRef;
  /** The task that it belongs to. Its answer goes to whoever holds the task then. */
  task?: string;
  state: 'open' | 'answered' | 'expired' | 'withdrawn';
  answers: Answer[];
  /** A run does nothing else until it is settled. */
  awaited?: true;
  /** How it passed from one to another, oldest first. */
  passed?: Passed[];
  /** The next moment at which Skein does something about it. 0: none. */
  dueAt: number;
  /** When those asked were reminded. */
  remindedAt?: number;
  at: number;
  /** When it was settled, and the number of that commit. */
  settledAt?: number;
  settled?: number;
  /** The holder of its work when it was settled, who hears of it in that conversation. */
  hearer?: ParticipantId;
  hearsIn?: string;
  /** The commits with which those asked were told of it. A reply to a mail of one of them answers it. */
  told: number[];
  withdrawn?: { by: ParticipantId; why: Why };
  labels?: Labels<'body'>;
  erased?: Erased;
}

/** Where the outcome is heard. */
export interface Hearing {
  hearer: ParticipantId;
  hearsIn: string;
}

export interface Answer {
  by: PersonId;
  at: number;
  /** The option that was chosen. */
  choice?: BodyRef;
  /** In their own words. */
  words?: BodyRef;
}

/** Why a question is withdrawn. */
export type Why = 'asker' | 'stopped' | 'done' | 'dropped';

export interface Passed {
  from: PersonId[];
  to: PersonId | 'owners';
  why: 'left' | 'silent';
  at: number;
}

export const QUESTIONS = ref<QuestionDoc>('questions');

export type QuestionChange = { v: 1; on: 'questions'; id: string } & (
  | ({ type: 'question_asked' } & Pick<
      QuestionDoc,
      | 'number'
      | 'conversation'
      | 'message'
      | 'options'
      | 'asked'
      | 'role'
      | 'needed'
      | 'neededBy'
      | 'fallback'
      | 'otherwise'
      | 'task'
      | 'dueAt'
    > & { body: BodyRef })
  | ({ type: 'question_answered'; by: PersonId; choice?: BodyRef; words?: BodyRef } & Partial<Hearing>)
  | { type: 'question_awaited' }
  | { type: 'question_reminded'; dueAt: number }
  | { type: 'question_passed'; from: PersonId[]; to: PersonId | 'owners'; why: Passed['why']; dueAt: number }
  | ({ type: 'question_expired' } & Hearing)
  | ({ type: 'question_withdrawn'; why: Why } & Hearing)
  | { type: 'question_erased'; reasonRef?: BodyRef }
);

export function evolveQuestion(
  doc: QuestionDoc | undefined,
  change: QuestionChange,
  meta: Meta,
): Own<QuestionDoc> | undefined {
  if (change.type === 'question_asked') {
    const { v: _v, on: _on, id: _id, type: _type, ...asked } = change;
    const { actor: by, at, seq: posted, label } = meta;
    const labels = label ? { labels: { body: label } } : {};
    return { ...asked, by, at, posted, told: [posted], state: 'open', answers: [], ...labels };
  }
  if (!doc) return undefined;
  if (change.type === 'question_erased') {
    const { labels: _labels, otherwise: _otherwise, ...rest } = doc;
    const answers = doc.answers.map(({ by, at }) => ({ by, at }));
    return { ...rest, body: '', options: [], answers, erased: erasedBy(meta, change.reasonRef, doc.erased) };
  }
  if (doc.state !== 'open') return doc;
  switch (change.type) {
    case 'question_answered':
      return answered(doc, change, meta);
    case 'question_awaited':
      return { ...doc, awaited: true };
    case 'question_reminded':
      return { ...doc, dueAt: change.dueAt, remindedAt: meta.at, told: [...doc.told, meta.seq] };
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
  const { by, choice, words } = change;
  if (doc.answers.some((one) => one.by === by)) return doc;
  const answer: Answer = { by, at: meta.at, ...(choice ? { choice } : {}), ...(words ? { words } : {}) };
  const answers = [...doc.answers, answer];
  if (answers.length < doc.needed) return { ...doc, answers };
  return { ...doc, ...settledBy(change, meta), answers, state: 'answered' };
}

function passedOver(
  doc: QuestionDoc,
  { from, to, why, dueAt }: Extract<QuestionChange, { type: 'question_passed' }>,
  meta: Meta,
): Own<QuestionDoc> {
  const staying = doc.asked.filter((one) => !from.includes(one));
  const passed = [...(doc.passed ?? []), { from, to, why, at: meta.at }];
  // One who was only silent may still answer.
  const kept = why === 'silent' ? doc.asked : staying;
  const open = { ...doc, passed, dueAt, told: [...doc.told, meta.seq] };
  if (to === 'owners') return { ...open, asked: kept, role: 'owners', needed: 1 };
  const asked = [...new Set([...kept, to])];
  return { ...open, asked, needed: Math.min(doc.needed, asked.length) };
}

type Settled = Pick<QuestionDoc, 'dueAt' | 'settledAt' | 'settled'> & Partial<Hearing>;

function settledBy({ hearer, hearsIn }: Partial<Hearing>, { at, seq }: Meta): Settled {
  return { dueAt: 0, settledAt: at, settled: seq, ...(hearer && hearsIn ? { hearer, hearsIn } : {}) };
}

/** `q3` */
export function numberOf({ number }: Pick<QuestionDoc, 'number'>): string {
  return `q${number}`;
}
