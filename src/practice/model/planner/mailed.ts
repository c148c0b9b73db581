// Parses a message that came by mail. The element's text is the sender's own text, and its attributes are the mail's
// properties.

type Attributes = Readonly<Record<string, string>>;

const outside = /<outside\b[^>]*>[\s\S]*?<\/outside>/gi;

/** Removes text that is labelled as outside, because it is data and contains no wishes. */
export function withoutOutside(body: string): string {
  return body.replace(outside, '');
}

/** Removes the marks around text that is labelled as outside, for an answer to people. */
export function unmarked(text: string): string {
  return text.replace(/<outside\b[^>]*>([\s\S]*?)<\/outside>/gi, (_, words: string) => words.replaceAll('&lt;', '<'));
}

/** The task that was made of a mail. */
export interface MailedTask {
  ref: string;
  assignee: string;
}

export interface Asked {
  text: string;
  /** The subject of the mail. */
  about?: string;
  /** Set if something was forwarded or attached and the sender wrote nothing. */
  wordless?: true;
  task?: MailedTask;
}

/**
 * Returns the wish in a mail: the sender's text. If it is empty and nothing was forwarded or attached, returns the
 * subject.
 */
export function askedIn(words: string, attributes: Attributes, body: string): Asked {
  const { subject, task, assignee = '' } = attributes;
  const theirs = /<outside source="subject">([\s\S]*?)<\/outside>/i.exec(body)?.[1];
  const about = subject ?? theirs;
  const became = task ? { task: { ref: task, assignee } } : {};
  if (words) return { text: words, ...became, ...(about ? { about } : {}) };
  const brought = withoutOutside(body) !== body;
  return { text: subject ?? '', ...became, ...(brought && (task || !attributes.via) ? { wordless: true } : {}) };
}
