// A question that a participant has put to people, and its answers. Only a commit of a person who may answer settles it.
import type { BodyRef } from '../../log/body.ts';
import type { Labels } from '../../log/labels/label.ts';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { type Erased, ref, type ViewDoc } from '../../log/view.ts';

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

/** Returns the number as people write it: `q3`. */
export function numberOf({ number }: Pick<QuestionDoc, 'number'>): string {
  return `q${number}`;
}
