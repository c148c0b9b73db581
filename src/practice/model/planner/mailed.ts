// A mail in a pod's thread, as an agent reads it: the subject, what the sender wrote, a line of Skein's own, and what was forwarded.

const outside = /<outside\b[^>]*>[\s\S]*?<\/outside>/gi;
/** The subject stands in bold, or in code where it is not the sender's own. */
const framed =
  /^(?:\*\*([^\n]+)\*\*|`([^`\n]+)`)(?:\n\n([\s\S]+?))?\n\n_By mail(?:, let in [^:\n]*)?(?:: task #(\d+) for ([^.\n]+))?[^\n]*_$/;

/** What stands within a message without the text from outside, which is data and asks for nothing. */
export function withoutOutside(body: string): string {
  return body.replace(outside, '');
}

/** As a person is shown it: the marks of what is from outside are for whoever reads the request. */
export function unmarked(text: string): string {
  return text.replace(/<outside\b[^>]*>([\s\S]*?)<\/outside>/gi, (_, words: string) => words.replaceAll('&lt;', '<'));
}

/** Of a mail only the sender's words ask for something, or the subject where there are none. */
export function askedIn(text: string): { text: string; about?: string; task?: MailedTask } {
  const [, own, theirs, words, number, assignee = ''] = framed.exec(text) ?? [];
  const subject = own ?? theirs;
  if (!subject) return { text };
  return {
    ...(words ? { text: words, about: subject } : { text: subject }),
    ...(number ? { task: { ref: `#${number}`, assignee } } : {}),
  };
}

/** The task that a mail became. */
export interface MailedTask {
  ref: string;
  assignee: string;
}
