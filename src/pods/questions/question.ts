// A question that a participant has put to people, and its answers. Only a commit of a person who may answer settles it.
import type { BodyRef } from '../../log/body.ts';
import type { Labels } from '../../log/labels/label.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, erasedBy, type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface QuestionDoc extends ViewDoc {
  /** The number of the question: 1, 2, 3 … within the pod. People and agents write `q3`. */
  number: number;
  by: ParticipantId;
  conversation: string;
  /** The message that asks the question, and the number of the commit that added it. */
  message: string;
  posted: number;
  /** Empty after an erasure. */
  body: BodyRef | '';
  options: BodyRef[];
  /** The people who may answer. Empty if the question is put to a role. */
  asked: PersonId[];
  /** Set if every owner may answer. The first answer settles the question. */
  role?: 'owners';
  /** How many of the people asked must answer. */
  needed: number;
  /** When the question expires, in milliseconds since 1970. */
  neededBy?: number;
  /** The person to whom the question passes if nobody answers in time, or if the person asked can't answer any more. */
  fallback?: PersonId;
  /** The option that counts if nobody answers. */
  otherwise?: BodyRef;
  /** The task to which the question belongs. The answer goes to the participant who then has the task. */
  task?: string;
  /** The instructions of a run of its author of which the answer says which counts. Its options are these two, and both. */
  between?: [number, number];
  /** How many calls of its author's run it lists, each of which needs a yes. */
  steps?: number;
  /** Only its options answer it, since whoever is asked may be talking of something else there. */
  onlyOptions?: true;
  /** The task at whose checkpoint the run waits, and the bodies with the names of that point. */
  checkpoint?: { task: string; names: BodyRef[] };
  /** Set if it shows a change to what agents work by. It waits for its yes, however close people stay. */
  draft?: true;
  state: 'open' | 'answered' | 'expired' | 'withdrawn';
  answers: Answer[];
  /** Set if a run is parked until the question is settled. */
  awaited?: true;
  /** How the question passed from one person to another, oldest first. */
  passed?: Passed[];
  /** The next time at which Skein has to do something about the question, in milliseconds since 1970. 0: never. */
  dueAt: number;
  /** When the people asked were reminded, in milliseconds since 1970. */
  remindedAt?: number;
  at: number;
  /** When the question was settled, and the number of the commit that settled it. */
  settledAt?: number;
  settled?: number;
  /**
   * The participant who hears the outcome, and the conversation in which they hear it. Set when the question is
   * settled.
   */
  hearer?: ParticipantId;
  hearsIn?: string;
  /**
   * The numbers of the commits that told people of the question. A reply to the mail of such a commit answers the
   * question.
   */
  told: number[];
  withdrawn?: { by: ParticipantId; why: Why };
  /** The number of the commit by which its newest answer was taken back before anybody heard it. */
  reopened?: number;
  /** The newest posts in Slack that remind a person of the question. They change when the question does. */
  posts?: QuestionPost[];
  labels?: Labels<'body'>;
  erased?: Erased;
}

/** The participant who hears the outcome, and the conversation in which they hear it. */
export interface Hearing {
  hearer: ParticipantId;
  hearsIn: string;
}

export interface Answer {
  by: PersonId;
  /** The absent person for whom their deputy answers. */
  for?: PersonId;
  at: number;
  /** The number of the commit that gave it. Absent on answers that an earlier version stored. */
  given?: number;
  /** The chosen option. */
  choice?: BodyRef;
  /** The answer in the person's own words. */
  words?: BodyRef;
  /** The positions of the calls that it allows. Set if the question lists calls. */
  allows?: number[];
  /** The words and choices before the person changed the answer, the newest last. */
  earlier?: BodyRef[];
}

/** The times of a question that is open again. */
export type Reopening = Pick<QuestionDoc, 'dueAt' | 'neededBy'>;

/** A post that reminds one person of open questions. Stored with each of them. */
export interface QuestionPost {
  about: 'which' | 'reminder' | 'passed';
  person: PersonId;
  questions: string[];
  /** The person's message that may answer several questions. */
  message?: string;
  team: string;
  channel: string;
  /** Slack's ts of each part, in order. */
  ts: string[];
  /** The key of the delivery that posted it. Its parts carry the same key. */
  key: string;
}

/** More posts than this are not kept up to date: a question is reminded of twice, and passes to few people. */
const MOST_POSTS = 20;

/**
 * Why a question is withdrawn. `undecided`: those asked have not agreed in time, and the owners are asked. `moot`: a wish that
 * it is about was changed or erased. `freed`: nobody goes with every step any more, so that its calls need no yes. `given_on`: the
 * task at whose checkpoint the agent waited is with a person, or with nobody.
 */
export type Why = 'asker' | 'stopped' | 'done' | 'dropped' | 'erased' | 'undecided' | 'moot' | 'freed' | 'given_on';

/**
 * Why a question passes to somebody else: the person asked has left the pod, nobody has answered, all who were asked are
 * away, or the person asked can't be reached.
 */
export type PassedWhy = 'left' | 'silent' | 'away' | 'unreached';

export interface Passed {
  from: PersonId[];
  to: PersonId | 'owners';
  why: PassedWhy;
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
      | 'between'
      | 'steps'
      | 'onlyOptions'
      | 'checkpoint'
      | 'draft'
      | 'dueAt'
    > & {
        body: BodyRef;
        /** Those who get the mail of the message itself. */
        live?: PersonId[];
      })
  | ({ type: 'question_answered' } & Omit<Answer, 'at' | 'given'> & Partial<Hearing>)
  | { type: 'question_answer_changed'; by: PersonId; words: BodyRef; choice?: BodyRef; allows?: number[] }
  /**
   * The words of the answer were erased. While more answers are needed, the whole answer goes. `reopens`: it had settled the
   * question, and nobody has heard it.
   */
  | { type: 'question_answer_erased'; by: PersonId; reopens?: Reopening }
  | { type: 'question_awaited' }
  | { type: 'question_reminded'; dueAt: number }
  | { type: 'question_passed'; from: PersonId[]; to: PersonId | 'owners'; why: Passed['why']; dueAt: number }
  /** Nobody had the time to answer by then, so it ends later. */
  | { type: 'question_extended'; neededBy: number }
  | { type: 'question_shown'; post: QuestionPost }
  | ({ type: 'question_expired' } & Hearing)
  | ({ type: 'question_withdrawn'; why: Why } & Hearing)
  /** Words that quoted an erased text were taken out of its bodies. */
  | { type: 'passage_erased' }
  /** `own`: only the words of whoever asked. The words of answers stay. */
  | { type: 'question_erased'; reasonRef?: BodyRef; own?: true }
);

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

/** Returns the number as people write it: `q3`. */
export function numberOf({ number }: Pick<QuestionDoc, 'number'>): string {
  return `q${number}`;
}
