// Declares all texts of Skein, with the fields of each part. Their wording is in templates/texts/<name>.md.

export interface Part<F extends string = string> {
  fields: readonly F[];
  /** True if a value may have several lines. */
  lines: boolean;
}

/** A part of one line: a subject, a label, an item of a list. */
function line<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: false };
}

/** A part of one or more lines. */
function lines<const F extends string = never>(...fields: F[]): Part<NoInfer<F>> {
  return { fields, lines: true };
}

export const TEXTS = {
  acknowledgement: {
    lead: lines('title'),
    task: line('number', 'pod', 'assignee'),
    nobody: line(),
    wish: line('words'),
    source: line(),
    files: line('files'),
    followers: line('people'),
    strangers: line('pod', 'addresses'),
    more: line('count'),
    'no-wish': lines(),
    hint: lines(),
  },
  'agent-notices': {
    failed: lines('reason'),
    waits: lines('reason'),
    'waits-for-something': line(),
    refused: lines('reason'),
    paused: lines('turns'),
    'paused-together': lines('millions'),
    'paused-today': lines('millions'),
    stopped: lines(),
    'not-working': lines(),
  },
  'channel-history': { read: line('days', 'earliest'), none: line('days'), failed: line() },
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
  'digest-settings': {
    on: lines('time', 'zone', 'day'),
    today: line(),
    tomorrow: line(),
    later: line('day'),
    paused: lines('resume'),
    off: lines('resume'),
    'sent-in-slack': lines(),
    'sent-by-mail': lines(),
    'not-changed': lines('reason'),
    'another-reader': lines(),
    'not-read': lines(),
  },
  'held-mail': {
    subject: line('pod'),
    mail: lines('pod', 'reason', 'from', 'subject', 'excerpt'),
    from: line('from'),
    about: line('subject'),
    waiting: line('count'),
    'waiting-or-more': line('count'),
    accept: line(),
    reject: line(),
    'accepted-in-slack': line('subject'),
    'without-subject': line(),
    'rejected-in-slack': line(),
    'accepted-by-mail': lines(),
    'rejected-by-mail': lines(),
    'one-word': lines(),
  },
  'home-tab': { beginning: lines(), 'no-task': line() },
  'mail-command': {
    done: lines('person', 'number', 'note'),
    reopened: lines('person', 'number', 'note'),
    assigned: lines('person', 'number', 'handle'),
    'assigned-to-agent': lines('person', 'number', 'agent'),
    'taken-on': lines('person', 'number'),
  },
  'mail-frame': {
    'agent-foot': line('name', 'pod'),
    'member-foot': line('name', 'pod'),
    organisation: line(),
    quoted: line('name'),
    link: line(),
  },
  'mail-refused': {
    'in-a-pod': lines('pod', 'reason'),
    commands: lines('reasons'),
    address: lines('addresses'),
    'address-without-pods': lines(),
  },
  'message-notes': {
    'try-again': line(),
    'tried-again': line('person'),
    forwarded: line(),
    beginning: line(),
  },
  'no-pod-here': { channel: lines(), 'direct-message': lines() },
  notice: {
    one: line('pod'),
    several: line('count'),
    assigned: line('person', 'number', 'url', 'title', 'pod', 'day'),
    reopened: line('person', 'number', 'url', 'title', 'pod', 'day'),
    rescheduled: line('person', 'number', 'url', 'title', 'pod', 'day'),
    due: line('number', 'url', 'title', 'pod'),
    overdue: line('number', 'url', 'title', 'pod'),
    unwoken: line('pod', 'url'),
    'no-day': line(),
    'by-day': line('day'),
    named: line('person', 'url', 'pod', 'text'),
    other: line('pod', 'url'),
    'mail-foot': line(),
  },
  'pod-invitation': {
    question: line('channel'),
    meaning: lines(),
    yes: line(),
    'yes-with-history': line(),
    no: line(),
  },
  'pod-welcome': {
    welcome: lines('pod', 'members', 'agents', 'history'),
    'members-all': line(),
    'members-and-guests': line(),
    agent: line('handle', 'purpose'),
    history: line('days', 'most'),
    done: line(),
    already: line(),
    'history-by-owners': line(),
    shared: line('person'),
    'not-now': lines('person'),
  },
  question: {
    answered: line('person', 'words'),
    'answered-more': line('person', 'words', 'more'),
    expired: line(),
    'expired-otherwise': line('option'),
    withdrawn: line('person'),
    passed: line('person'),
    'passed-to-owners': line(),
    'answer-by-mail': lines(),
    'answer-by-mail-with': lines('options'),
    which: lines('person'),
    'which-by-mail': lines('person', 'questions'),
    item: line('number', 'question'),
    'this-one': line('number'),
    reminder: lines('person', 'number', 'question'),
    handed: lines('person', 'number', 'question'),
    late: lines('outcome'),
    taken: line(),
  },
  'shared-file': { refused: lines('file', 'reason') },
  'shared-pod-invitation': {
    question: line('channel'),
    meaning: lines(),
    yes: line(),
    'yes-with-history': line(),
    no: line(),
  },
  undelivered: {
    'refused-address': lines('people'),
    everybody: line(),
    refused: lines(),
    bounced: lines('people', 'why', 'advice'),
    'bounced-somewhere': lines('people', 'why', 'advice'),
    'bounced-elsewhere': lines('people', 'address', 'why', 'advice'),
    readers: line(),
    'why-address': line(),
    'why-full': line(),
    'why-closed': line(),
    'why-domain': line(),
    'why-size': line(),
    'why-policy': line(),
    'why-time': line(),
    'why-circle': line(),
    'why-unknown': line(),
    'advice-check': line(),
    'advice-tell': line(),
    'advice-ask': line(),
    'slack-refused': lines('person'),
  },
  'unsubscribe-page': {
    page: line(),
    'asks-title': line(),
    asks: lines(),
    button: line(),
    'done-title': line(),
    done: lines(),
    'unknown-title': line(),
    unknown: lines(),
  },
} satisfies Record<string, Record<string, Part>>;

export type TextName = keyof typeof TEXTS;
export type PartName<N extends TextName> = keyof (typeof TEXTS)[N] & string;
type FieldName<N extends TextName, P extends PartName<N>> = (typeof TEXTS)[N][P] extends Part<infer F> ? F : never;
type Values<F extends string> = [F] extends [never] ? [] : [fields: Readonly<Record<F, string | number>>];

export interface Texts {
  /** Returns a part as Markdown with its fields filled. Escape values from outside before you pass them. */
  fill<N extends TextName, P extends PartName<N>>(text: N, part: P, ...fields: Values<FieldName<N, P>>): string;
  /** The fixed words of a text, without its fields. */
  words(text: TextName): string[];
}
