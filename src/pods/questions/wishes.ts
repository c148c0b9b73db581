// The delivery `question`: reminds a person of open questions, or says how a question has ended.
import type { PersonId } from '../../log/participant.ts';

export interface QuestionWish {
  /**
   * `which`: the person's message may answer several questions. `late`: the person answered a question that is over.
   * `over`: their words may have been meant for questions that are over.
   * `changed`: its posts show something else now, for example who answered. `reminder`: their reply to the mail about two wishes
   * chose neither. For all else only an older Skein wished for `reminder`, or for `passed`: now the open item is raised once
   * more, and a notice tells the person.
   */
  about: 'which' | 'reminder' | 'passed' | 'late' | 'over' | 'changed';
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
