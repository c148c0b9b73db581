// The delivery `question`: reminds a person of open questions, or says how a question has ended.
import type { PersonId } from '../../log/participant.ts';

export interface QuestionWish {
  /**
   * `which`: the person's message may answer several questions. `reminder`: nobody has answered yet. `passed`: the
   * question has passed to this person. `late`: the person answered a question that is over. `changed`: its posts show
   * something else now, for example who answered.
   */
  about: 'which' | 'reminder' | 'passed' | 'late' | 'changed';
  conversation: string;
  questions: string[];
  /** Empty: the owners of the pod. */
  to: PersonId[];
  /** The person's message. */
  message?: string;
}

declare module '../deliveries.ts' {
  interface Wishes {
    question: QuestionWish;
  }
}
