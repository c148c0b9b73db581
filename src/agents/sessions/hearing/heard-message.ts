// A message as a session hears it.
import type { Label } from '../../../log/labels/label.ts';
import type { HeardLine } from './heard-line.ts';

export interface HeardMessage {
  id: string;
  from: string;
  /** A safe name for an author who is no member. Such authors choose their own names, so those are untrusted. */
  alias?: string;
  at: number;
  /** The author's time zone, if it is known. */
  zone?: string;
  text: string;
  edited: boolean;
  /** The words that the session has heard before the edit. Absent if they were erased. */
  was?: string;
  /** The name of the instruction that it gives, if a verdict of the agent is due. */
  as?: string | undefined;
  /** The number of the commit that posted it. Set if a person may want something of the agent with it. */
  n?: number;
  /** How far the instruction is, where a new epoch shows it again: `open`, `done` or `replaced by i44`. */
  state?: string | undefined;
  /** Set if the message is a task line of Skein. */
  line?: HeardLine | undefined;
  /** Set if the message was imported from before the agent or the pod was there: it is background, not a request. */
  recalled?: true;
  /** Set if it asks nothing of an agent: another one says here that it failed or waits, or a person wrote a note. */
  notice?: true;
  /** The label of `text`. Absent if a member wrote it. */
  label?: Label;
  /** Set if the message came by mail: a mail program inserted its quotes, and they may be anybody's words. */
  via?: 'mail';
  /** The subject of the mail that began the conversation. It has a label if no member wrote it. */
  subject?: { text: string; label?: Label };
  /** The names of the attached files. They are untrusted: the person who shares a file need not have named it. */
  files?: readonly string[];
  /** Skein's sentences about how the mail was read. */
  notes?: string;
  /** The task that was created from the mail. */
  task?: { number: number; for?: string };
  /** The commands above `text` that were refused, and answered. */
  refused?: string;
  /** Forwarded content, which its author did not write. */
  brought?: { text: string; label: Label };
}
