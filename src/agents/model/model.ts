// The port to a language model: one request returns one turn. Contents are JSON texts, as the session stores them.
import type { CacheMarks } from './cache-marks.ts';

/**
 * `system` (an array of text blocks), `tools` and each message are JSON texts. They are sent byte for byte, so that
 * prompt caching works.
 */
export interface ModelRequest {
  model: string;
  system: string;
  tools: string;
  messages: readonly string[];
  /** Absent: only the system text and the end are marked for the prompt cache. */
  marks?: CacheMarks | undefined;
  maxTokens: number;
  signal?: AbortSignal | undefined;
  /** Called with the name of a tool as soon as its call begins in the stream. Used to show progress only. */
  onTool?: ((name: string) => void) | undefined;
}

export const stopReasons = [
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
] as const;

/** A reason that is not in the list comes from a newer API. The answer has then ended, and no call in it is run. */
export type StopReason = (typeof stopReasons)[number] | (string & {});

/** In tokens. `input` excludes cache reads and cache writes. */
export interface ModelUsage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

/**
 * `content`: the JSON text of the whole content array, empty thinking blocks included. The next request must contain it
 * unchanged.
 */
export interface ModelTurn {
  content: string;
  stopReason: StopReason;
  usage: ModelUsage;
  /** The model's reason for a refusal, if it gives one. */
  refusal?: string;
}

/**
 * `turn` makes one attempt; the run worker retries. Throws ModelUnavailable (retry later), ModelRefusedKey and
 * ModelRefusedRequest (tell people), ModelStopped (the signal was aborted).
 */
export interface Model {
  turn(request: ModelRequest): Promise<ModelTurn>;
}
