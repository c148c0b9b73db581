// What came with a message, a mail's subject and files or those of Slack, kept apart from its author's words; and both together, as people read them. Pure.
import type { BodyRef } from '../../log/body.ts';
import type { Label } from '../../log/labels/label.ts';
import type { AgentId } from '../../log/participant.ts';

export const LET_IN = { proved: 'from quarantine', unproved: 'without proof of its sender' };

/** Of a mail that an owner let in: is it known who wrote it? */
export type LetIn = keyof typeof LET_IN;

/** No words, but for their references. */
export interface MailFacts {
  /** Of the mail that began a conversation; a reply has none. */
  subject?: BodyRef;
  /** What Skein says of how it was read, in sentences. */
  notes?: BodyRef[];
  /** The task that it became, and for whom. */
  task?: number;
  agent?: AgentId;
  letIn?: LetIn;
}

/** A message in its parts. */
export interface MessageParts {
  /** What its author wrote; empty where they wrote nothing. */
  words: string;
  /** Names of the files that came with it. */
  files: readonly string[];
  notes: readonly string[];
  subject?: { text: string; label?: Label };
  mail?: MailFacts;
  /** Others' words came with it. */
  brought?: true;
  /** All of it in one text, as 0.1.0 kept what came by mail or from Slack. */
  whole?: string | undefined;
}

/** Nothing in it is a mention or a link. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

/** As all readers see it, in Markdown: what it is about stands in a mail's subject. `agent`: the name of whom the task is for. */
export function inWords(parts: MessageParts, agent?: string): string {
  const { words, files, notes, subject, mail, whole } = parts;
  if (whole !== undefined) return whole;
  if (!mail) return withFiles(parts);
  const names = files.map(code).join(', ');
  if (!subject) return [words, names && `_With_ ${names}`, noted(notes)].filter(Boolean).join('\n\n') || `_${UNSAID}_`;
  const title = subject.label ? code(subject.text) : `**${subject.text}**`;
  const how = mail.letIn ? `By mail, let in ${LET_IN[mail.letIn]}` : 'By mail';
  const task = mail.task === undefined ? '' : `: task #${mail.task} for ${agent ?? 'nobody yet'}`;
  return [title, words, noted(notes), `_${how}${task}.${names && ` With ${names}.`}_`].filter(Boolean).join('\n\n');
}

function withFiles({ words, files, brought }: MessageParts): string {
  const lines = [words, ...files.map((name) => `(file: ${code(name)})`)].filter(Boolean);
  return lines.join('\n') || (brought ? '(no words of their own)' : '(no text)');
}

/** A message in Slack that is told again says the same, whichever way it is kept. */
export function saysTheSame(before: MessageParts, now: Pick<MessageParts, 'words' | 'files'>): boolean {
  return inWords(before) === inWords({ ...before, ...now, whole: undefined });
}

/** As people read it, without what Skein says of a mail. */
export function written(parts: MessageParts): string {
  return parts.mail ? parts.words : inWords(parts);
}

/** As it was written; a mail without words by its subject or what it brought. */
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
