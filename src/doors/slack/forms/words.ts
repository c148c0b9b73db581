// The words of the forms that people meet most. Every other form has the words of its action.
import type { Texts } from '../../../texts/texts.ts';

export interface FormWords {
  title?: string;
  /** Stands above the fields. */
  lead?: string;
  submit: string;
  labels?: Record<string, string>;
  /** By field. An empty one: the label says all. */
  hints?: Record<string, string>;
  /** By field, the words for each of its values. */
  choices?: Record<string, Record<string, string>>;
}

type Fill = Texts['fill'];

/** By action. */
const WORDS: Readonly<Record<string, (fill: Fill) => FormWords>> = {
  assign_task: (fill) => ({
    title: fill('task-card', 'give-title'),
    submit: fill('task-card', 'give-submit'),
    labels: { assignee: fill('task-card', 'give-who') },
  }),
  attach_file: (fill) => ({
    submit: fill('task-card', 'attach-submit'),
    labels: { file: fill('task-card', 'attach-which') },
  }),
  give_back_task: (fill) => ({
    title: fill('notice', 'not-me-title'),
    submit: fill('notice', 'not-me-submit'),
    labels: { reason: fill('notice', 'not-me-why') },
  }),
  change_dependencies: (fill) => ({
    title: fill('notice', 'wait-instead-title'),
    submit: fill('form', 'save'),
    labels: { add: fill('notice', 'wait-instead-which') },
  }),
  drop_task: (fill) => ({
    title: fill('notice', 'drop-title'),
    submit: fill('notice', 'drop-submit'),
    labels: { reason: fill('notice', 'drop-why'), parts: fill('notice', 'drop-parts') },
    choices: { parts: { drop: fill('notice', 'drop-with'), keep: fill('notice', 'drop-without') } },
  }),
  send_back: (fill) => ({
    title: fill('notice', 'send-back-title'),
    submit: fill('notice', 'send-back-submit'),
    labels: { comments: fill('notice', 'send-back-what'), beyond: fill('notice', 'send-back-beyond') },
  }),
  post_message: (fill) => ({
    title: fill('task-card', 'comment-title'),
    submit: fill('task-card', 'comment-submit'),
    labels: { text: fill('task-card', 'comment-words') },
  }),
  create_task: (fill) => ({
    submit: fill('form', 'create'),
    labels: {
      ...{ assignee: fill('task-card', 'give-who'), text: fill('form', 'more-about'), due: fill('form', 'due') },
      ...{ depends_on: fill('form', 'first'), reviewers: fill('form', 'reviewers'), parent: fill('form', 'part-of') },
    },
    hints: { text: '', due: '' },
  }),
  update_task: (fill) => ({
    submit: fill('form', 'save'),
    labels: { text: fill('form', 'more-about'), due: fill('form', 'due') },
    hints: { text: '', due: '' },
  }),
  start_workflow: (fill) => ({
    submit: fill('workflow-answer', 'submit'),
    labels: { about: fill('workflow-answer', 'about'), repeat: fill('workflow-answer', 'repeat') },
  }),
  snooze_item: (fill) => ({
    title: fill('notice', 'later-title'),
    lead: fill('notice', 'later-lead'),
    submit: fill('notice', 'later-submit'),
    labels: { until: fill('notice', 'later-when') },
  }),
  settle_traces: (fill) => ({
    title: fill('notice', 'made-title'),
    submit: fill('form', 'submit'),
    labels: { only: fill('notice', 'made-which'), answer: fill('notice', 'made-answer') },
  }),
  answer_question: (fill) => ({
    submit: fill('answer-form', 'submit'),
    labels: { text: fill('answer-form', 'words') },
  }),
};

export function wordsOf({ fill }: Texts, action: string): FormWords {
  return WORDS[action]?.(fill) ?? { submit: fill('form', 'submit') };
}
