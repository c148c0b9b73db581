// All that Skein says on its own, and the fields of each piece: the words stand in templates/texts/<name>.md.

export interface Part<F extends string = string> {
  fields: readonly F[];
  /** More than one line may stand in it. */
  lines: boolean;
}

/** One line: a subject, a label, an item of a list. */
function line<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: false };
}

/** One line or several. */
function lines<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: true };
}

export const TEXTS = {
  digest: {
    subject: line('day'),
    greeting: line('name'),
    nothing: line(),
    waiting: line(),
    'task-overdue': line('day', 'number', 'url', 'title', 'pod', 'podUrl'),
    'task-due-today': line('number', 'url', 'title', 'pod', 'podUrl'),
    'task-due': line('day', 'number', 'url', 'title', 'pod', 'podUrl'),
    'task-open': line('number', 'url', 'title', 'pod', 'podUrl'),
    'more-tasks': line('count'),
    'more-tasks-in-slack': line('count'),
    mail: line('pod', 'podUrl'),
    mails: line('count', 'pod', 'podUrl'),
    'more-mails': line('count'),
    mention: line('person', 'url', 'pod', 'podUrl', 'text'),
    'more-mentions': line('count'),
    news: line('text', 'url'),
    'more-news': line('count', 'podUrl'),
    message: line('people', 'threads'),
    messages: line('count', 'people', 'threads'),
    thread: line('title', 'url'),
    'thread-without-title': line(),
    earlier: line(),
    'more-pods': line(),
    'open-pod': line('pod', 'podUrl'),
    'mail-foot': lines(),
    end: line(),
    'slack-foot': line('time', 'zone'),
  },
  'pod-invitation': {
    question: line('channel'),
    meaning: lines(),
    yes: line(),
    'yes-with-history': line(),
    no: line(),
  },
  'shared-pod-invitation': {
    question: line('channel'),
    meaning: lines(),
    yes: line(),
    'yes-with-history': line(),
    no: line(),
  },
} satisfies Record<string, Record<string, Part>>;

export type TextName = keyof typeof TEXTS;
export type PartName<N extends TextName> = keyof (typeof TEXTS)[N] & string;
type FieldName<N extends TextName, P extends PartName<N>> = (typeof TEXTS)[N][P] extends Part<infer F> ? F : never;
type Values<F extends string> = [F] extends [never] ? [] : [fields: Readonly<Record<F, string | number>>];

export interface Texts {
  /** One piece of a text, in Markdown, with its fields filled. A value from outside is made harmless before it is given. */
  say<N extends TextName, P extends PartName<N>>(text: N, part: P, ...fields: Values<FieldName<N, P>>): string;
  /** What Skein itself says in a text, without what was filled in. */
  words(text: TextName): string[];
}
