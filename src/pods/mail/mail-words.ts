// The parts of a message: its author's words, and beside them subject, files and attached content. Also the text in
// which people read them together. Pure.
import type { BodyRef } from '../../log/body.ts';
import type { Label } from '../../log/labels/label.ts';
import type { AgentId } from '../../log/participant.ts';

export const LET_IN = {
  proved: 'from quarantine',
  unproved: 'without proof of its sender',
  starts: 'to start a workflow',
};

/** For a stranger's mail: whether its sender is authenticated, if an owner accepted it; `starts` if an owner has set what it starts. */
export type LetIn = keyof typeof LET_IN;

/** Facts about the mail that brought a message. They contain references, no text. */
export interface MailFacts {
  /** The subject of the mail that began the conversation. Absent for a reply. */
  subject?: BodyRef;
  /** Skein's remarks on how the mail was read. */
  notes?: BodyRef[];
  /** The number of the task that the mail became, and the agent that has the task. */
  task?: number;
  /** True for a mail that was forwarded before and joined its task. */
  joined?: true;
  /** True for such a mail that is a task of its own since then: `task`. */
  separated?: true;
  agent?: AgentId;
  letIn?: LetIn;
}

export interface MessageParts {
  /** The words of the author. Empty if there are none. */
  words: string;
  files: readonly string[];
  notes: readonly string[];
  subject?: { text: string; label?: Label };
  mail?: MailFacts;
  /** True if content is attached that somebody else wrote. */
  brought?: true;
  /** The whole text, as Skein 0.1.0 stored messages from mail or Slack. */
  whole?: string | undefined;
}

/** Returns the words as code, so that nothing in them becomes a mention or a link. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

/** Returns the message in Markdown, as readers see it. `agent`: the name of the agent that has the task. */
export function inWords(parts: MessageParts, agent?: string): string {
  const { words, files, notes, subject, mail, whole } = parts;
  if (whole !== undefined) return whole;
  if (!mail) return withFiles(parts);
  const names = files.map(code).join(', ');
  const again = mail.joined
    ? `_The mail of task #${mail.task} once more_`
    : mail.separated
      ? `_This mail is task #${mail.task} now_`
      : '';
  if (!subject)
    return [words, again, names && `_With_ ${names}`, noted(notes)].filter(Boolean).join('\n\n') || `_${UNSAID}_`;
  const title = subject.label ? code(subject.text) : `**${subject.text}**`;
  const how = mail.letIn ? `By mail, let in ${LET_IN[mail.letIn]}` : 'By mail';
  const task = mail.task === undefined ? '' : `: task #${mail.task} for ${agent ?? 'nobody yet'}`;
  return [title, words, noted(notes), `_${how}${task}.${names && ` With ${names}.`}_`].filter(Boolean).join('\n\n');
}

function withFiles({ words, files, brought }: MessageParts): string {
  const lines = [words, ...files.map((name) => `(file: ${code(name)})`)].filter(Boolean);
  return lines.join('\n') || (brought ? '(no words of their own)' : '(no text)');
}

/** True if a message that Slack reports again has not changed, in whichever form it is stored. */
export function saysTheSame(before: MessageParts, now: Pick<MessageParts, 'words' | 'files'>): boolean {
  return inWords(before) === inWords({ ...before, ...now, whole: undefined });
}

/** Returns the message as people read it, without Skein's remarks on the mail. */
export function written(parts: MessageParts): string {
  return parts.mail ? parts.words : inWords(parts);
}

/** Returns the author's words. For a mail without words, returns its subject or its attached content. */
export function ownWords(parts: MessageParts): string {
  const { files, notes, subject } = parts;
  return written(parts) || subject?.text || files.join(', ') || notes.join(' ') || UNSAID;
}

const UNSAID = '(a forwarded mail)';

function noted(notes: readonly string[]): string {
  const line = notes
    .join(' ')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return line && `_About this mail: ${line}_`;
}
