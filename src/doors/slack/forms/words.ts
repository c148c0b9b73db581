// The words of the forms that people meet most. Every other form has the words of its action.
import type { Texts } from '../../../texts/texts.ts';

export interface FormWords {
  title?: string;
  /** Stands above the fields. */
  lead?: string;
  submit: string;
  labels?: Record<string, string>;
}

export function wordsOf({ fill }: Texts, action: string): FormWords {
  switch (action) {
    case 'assign_task':
      return {
        title: fill('task-card', 'give-title'),
        submit: fill('task-card', 'give-submit'),
        labels: { assignee: fill('task-card', 'give-who') },
      };
    case 'attach_file':
      return { submit: fill('task-card', 'attach-submit'), labels: { file: fill('task-card', 'attach-which') } };
    case 'give_back_task':
      return {
        title: fill('notice', 'not-me-title'),
        submit: fill('notice', 'not-me-submit'),
        labels: { reason: fill('notice', 'not-me-why') },
      };
    case 'change_dependencies':
      return {
        title: fill('notice', 'wait-instead-title'),
        submit: fill('form', 'save'),
        labels: { add: fill('notice', 'wait-instead-which') },
      };
    case 'drop_task':
      return {
        title: fill('notice', 'drop-title'),
        submit: fill('notice', 'drop-submit'),
        labels: { reason: fill('notice', 'drop-why') },
      };
    case 'send_back':
      return {
        title: fill('notice', 'send-back-title'),
        submit: fill('notice', 'send-back-submit'),
        labels: { comments: fill('notice', 'send-back-what'), beyond: fill('notice', 'send-back-beyond') },
      };
    case 'post_message':
      return {
        title: fill('task-card', 'comment-title'),
        submit: fill('task-card', 'comment-submit'),
        labels: { text: fill('task-card', 'comment-words') },
      };
    case 'create_task':
      return {
        submit: fill('form', 'create'),
        labels: { assignee: fill('task-card', 'give-who'), text: fill('form', 'more-about'), due: fill('form', 'due') },
      };
    case 'update_task':
      return { submit: fill('form', 'save'), labels: { text: fill('form', 'more-about'), due: fill('form', 'due') } };
    case 'snooze_item':
      return {
        title: fill('notice', 'later-title'),
        lead: fill('notice', 'later-lead'),
        submit: fill('notice', 'later-submit'),
        labels: { until: fill('notice', 'later-when') },
      };
    case 'settle_traces':
      return {
        title: fill('notice', 'made-title'),
        submit: fill('form', 'submit'),
        labels: { only: fill('notice', 'made-which'), answer: fill('notice', 'made-answer') },
      };
    case 'answer_question':
      return { submit: fill('answer-form', 'submit'), labels: { text: fill('answer-form', 'words') } };
    default:
      return { submit: fill('form', 'submit') };
  }
}
