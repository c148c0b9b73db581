// The wake that starts a run, and the run's dependencies.

import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Model } from '../model/model.ts';
import type { PrefixLives } from '../model/prefix-life.ts';
import type { NotedReads } from '../sessions/note-reads.ts';
import type { OpenDeps } from '../sessions/open-session.ts';
import type { SessionDoc } from '../sessions/session.ts';
import type { CallDeps } from './calls/call-tools.ts';

export interface Wake {
  /** The id of the wake's delivery. It is also the id of the run. */
  id: string;
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The commit that caused the wake. A stop with a higher number ends the run. */
  seq: number;
  /** The message that caused the wake, if it carries a mark in Slack. */
  because?: string;
  /** Set if the agent is asked for nothing: a run of it that waits ends. */
  ends?: true;
}

export interface RunDeps extends OpenDeps, CallDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  model: Model;
  prefixLife: PrefixLives;
  clock(): number;
  progress: Progress;
  marks: Marks;
  cards: Cards;
  /** Notes the run's reads. Absent outside of a run. */
  noted?: NotedReads;
  /** True while words are being erased that a request of this pod could still contain. */
  erasing(pod: string): Promise<boolean>;
  /**
   * Imports the thread's messages from before the agent was called. Returns a sentence for people if some could not be
   * read.
   */
  past?(session: SessionDoc, signal: AbortSignal): Promise<string | undefined>;
}

/** Shows people that an agent is working. A failure to show it never stops the run. */
export interface Progress {
  show(session: SessionDoc, text: string): void;
  clear(session: SessionDoc): void;
}

/** Shows on the card of a run what is so now, also after a crash. */
export interface Cards {
  /** Does nothing for a run without a card. */
  changed(run: Pick<RunDoc, 'pod' | 'conversation' | 'card'>): Promise<void>;
}

/** Shows on people's messages what became of them, also after a crash. */
export interface Marks {
  /**
   * The run has taken in the messages, or its state has changed. `weak`: the run counts for the message only where no
   * other run has it, or where that run failed.
   */
  changed(
    run: Pick<Wake, 'pod' | 'conversation' | 'agent'> & { run: string },
    messages: readonly { message: string; weak?: true }[],
  ): Promise<void>;
}
