// A message that came by mail, as an agent reads it: the sender's words in the element, what is known of the mail in its attributes.

type Attributes = Readonly<Record<string, string>>;

const outside = /<outside\b[^>]*>[\s\S]*?<\/outside>/gi;

/** What stands within a message without the text from outside, which is data and asks for nothing. */
export function withoutOutside(body: string): string {
  return body.replace(outside, '');
}

/** As a person is shown it: the marks of what is from outside are for whoever reads the request. */
export function unmarked(text: string): string {
  return text.replace(/<outside\b[^>]*>([\s\S]*?)<\/outside>/gi, (_, words: string) => words.replaceAll('&lt;', '<'));
}

/** The task that a mail became. */
export interface MailedTask {
  ref: string;
  assignee: string;
}

export interface Asked {
  text: string;
  /** The subject of the mail that said it. */
  about?: string;
  /** Something came with it, and its author wrote nothing. */
  wordless?: true;
  task?: MailedTask;
}

/** Of a mail only the sender's words ask for something, or their subject where there are none and nothing came with it. */
export function askedIn(words: string, attributes: Attributes, body: string): Asked {
  const { subject, task, assignee = '' } = attributes;
  const theirs = /<outside source="subject">([\s\S]*?)<\/outside>/i.exec(body)?.[1];
  const about = subject ?? theirs;
  const became = task ? { task: { ref: task, assignee } } : {};
  if (words) return { text: words, ...became, ...(about ? { about } : {}) };
  const brought = withoutOutside(body) !== body;
  return { text: subject ?? '', ...became, ...(brought && (task || !attributes.via) ? { wordless: true } : {}) };
}
