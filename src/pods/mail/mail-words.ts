// What is known of the mail that a message came by, kept apart from its author's words; and both together, as people read them. Pure.
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
  /** All of it in one text, as 0.1.0 kept what came by mail. */
  whole?: string;
}

/** Nothing in it is a mention or a link. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}

/** As all readers see it, in Markdown: what it is about stands in a mail's subject. `agent`: the name of whom the task is for. */
export function inWords({ words, files, notes, subject, mail, whole }: MessageParts, agent?: string): string {
  if (whole !== undefined || !mail) return whole ?? words;
  const names = files.map(code).join(', ');
  if (!subject) return [words, names && `_With_ ${names}`, noted(notes)].filter(Boolean).join('\n\n') || `_${UNSAID}_`;
  const title = subject.label ? code(subject.text) : `**${subject.text}**`;
  const how = mail.letIn ? `By mail, let in ${LET_IN[mail.letIn]}` : 'By mail';
  const task = mail.task === undefined ? '' : `: task #${mail.task} for ${agent ?? 'nobody yet'}`;
  return [title, words, noted(notes), `_${how}${task}.${names && ` With ${names}.`}_`].filter(Boolean).join('\n\n');
}

/** In its author's words; where they wrote none, by its subject or what it brought. */
export function ownWords({ words, files, notes, subject }: MessageParts): string {
  return words || subject?.text || files.join(', ') || notes.join(' ') || UNSAID;
}

const UNSAID = '(a forwarded mail)';

function noted(notes: readonly string[]): string {
  const line = notes
    .join(' ')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return line && `_About this mail: ${line}_`;
}
