// The delivery `question`: brings open questions to a person again, or tells them how one has ended.
import type { PersonId } from '../../log/participant.ts';

export interface QuestionWish {
  /**
   * `which`: their words may answer several. `reminder`: nobody has answered yet. `passed`: it is theirs now.
   * `late`: they answered one that is over.
   */
  about: 'which' | 'reminder' | 'passed' | 'late';
  conversation: string;
  questions: string[];
  to: PersonId[];
  /** The message with their words. */
  message?: string;
}

declare module '../deliveries.ts' {
  interface Wishes {
    question: QuestionWish;
  }
}
