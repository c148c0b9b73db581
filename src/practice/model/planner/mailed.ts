// Parses a message that came by mail: the sender's words are the element's text, the facts of the mail its attributes.

type Attributes = Readonly<Record<string, string>>;

const outside = /<outside\b[^>]*>[\s\S]*?<\/outside>/gi;

/** Removes text from outside: it is data and contains no wishes. */
export function withoutOutside(body: string): string {
  return body.replace(outside, '');
}

/** Removes the marks around text from outside, for people. */
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
  /** The mail's subject. */
  about?: string;
  /** Something was forwarded or attached, and the author wrote nothing. */
  wordless?: true;
  task?: MailedTask;
}

/** The wish in a mail: the sender's words. If there are none and nothing came with it, the subject. */
export function askedIn(words: string, attributes: Attributes, body: string): Asked {
  const { subject, task, assignee = '' } = attributes;
  const theirs = /<outside source="subject">([\s\S]*?)<\/outside>/i.exec(body)?.[1];
  const about = subject ?? theirs;
  const became = task ? { task: { ref: task, assignee } } : {};
  if (words) return { text: words, ...became, ...(about ? { about } : {}) };
  const brought = withoutOutside(body) !== body;
  return { text: subject ?? '', ...became, ...(brought && (task || !attributes.via) ? { wordless: true } : {}) };
}
