// What a run is woken by and works with.

import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { AgentId } from '../../log/participant.ts';
import type { Texts } from '../../texts/texts.ts';
import type { Model } from '../model/model.ts';
import type { OpenDeps } from '../sessions/open-session.ts';
import type { SessionDoc } from '../sessions/session.ts';
import type { CallDeps } from './call-tools.ts';

export interface Wake {
  /** The delivery's id: the run's name. */
  id: string;
  pod: string;
  conversation: string;
  agent: AgentId;
  /** The commit that woke it: a stop after it ends it. */
  seq: number;
}

export interface RunDeps extends OpenDeps, CallDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  model: Model;
  clock(): number;
  progress: Progress;
  /** Reads what was said in the conversation before the agent was called there; a sentence for people where it is missing. */
  past?(session: SessionDoc, signal: AbortSignal): Promise<string | undefined>;
}

/** Shows people that an agent works. Best effort: a failure never stops the run. */
export interface Progress {
  show(session: SessionDoc, text: string): void;
  clear(session: SessionDoc): void;
}
