// The facts with which a session opens.
import type { Label } from '../../../log/labels/label.ts';
import type { Shown } from '../../../log/view.ts';
import type { Present } from '../../../pods/people/directory.ts';
import type { Woken } from './woken.ts';

export interface Facts {
  pod: { id: string; name: string; purpose: string; direct: boolean };
  conversation: { id: string; title?: string; label?: Label };
  /** `self`: true for the agent itself. */
  /** `purpose`: what an agent is for. `title`: what a person does, in the words of their Slack profile. */
  members: readonly (Present & { zone?: string; alias?: string; self?: true; purpose?: string; title?: string })[];
  /** How many members are not shown. */
  moreMembers?: string;
  /** Why the agent was woken, and by whom. */
  woken?: Woken;
  /** `label`: present if no member wrote the title, such as the subject of a forwarded mail. */
  tasks: readonly {
    number: number;
    title: string;
    state: string;
    assigneeName?: string;
    due?: string;
    /** The tasks that have to be done first. */
    waitsFor?: string;
    /** How its review stands. */
    review?: string;
    label?: Label;
    /** Set if it is the agent's own. */
    mine?: true;
    /** How close people stay with it, if that binds the agent. */
    wants?: string;
  }[];
  /** How many tasks that are not done are not shown: `3`, or `over 160`. */
  moreTasks?: string;
  notes: readonly { kind: string; text: string; at: number; by?: string; label?: Label }[];
  /** True if the notebook has older notes. */
  moreNotes?: boolean;
  /** The newest files. Their names are data: whoever shares a file need not have named it. */
  files?: readonly { name: string; version: number; by: string; at: number; label?: Label }[];
  moreFiles?: boolean;
  /** Acts that the agent did for this request before its context was truncated, each in a few words. */
  done?: readonly string[];
  /** Calls of an earlier epoch that people have allowed and that were not made, each with its name for go_ahead. */
  allowed?: readonly string[];
  /** Instructions that are open, and older than the messages that the turn shows. */
  older?: readonly string[];
  /** A sentence that says which earlier messages could not be read yet. */
  lacks?: string;
  /** The documents among these facts. */
  shows?: Shown;
}
