// A query: one line of a mail that is answered at once, without an agent, a task or a message.
import type { Outgoing } from '../../../email/render/compose-mail.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import type { MailContext, Proved, ReplyThread } from '../context.ts';

export interface Query {
  /** A line that people may write. */
  example: string;
  /** Returns the words after the query's own; empty if there are none. Undefined if the line is another. */
  read(line: string): string | undefined;
  /** Returns undefined if the words turn out to be a sentence, which is then handled like any mail. */
  answer(mail: MailContext, asked: Asked): Promise<Answer | undefined>;
}

export interface Asked {
  arrived: Proved;
  words: string;
  /** The pods that the mail was sent to and its author is in; if it names none, all of the author's. */
  pods: readonly PodDoc[];
  /** The author's time zone, and the date there when the mail arrived. */
  zone: string;
  today: string;
}

export interface Answer {
  /** Markdown. */
  text: string;
  attachments?: NonNullable<Outgoing['attachments']>;
  /** The thread to which a reply belongs. Absent if nothing can be replied. */
  thread?: ReplyThread;
}

/** Joins the blocks that are not empty. */
export function blocks(...all: readonly (string | undefined)[]): string {
  return all.filter(Boolean).join('\n\n');
}
