// The port to a language model: one turn asked, one turn answered, everything as the JSON text that the session keeps.

/** `system` (an array of text blocks), `tools` and each message are JSON texts, sent again byte for byte with every turn. */
export interface ModelRequest {
  model: string;
  system: string;
  tools: string;
  messages: readonly string[];
  maxTokens: number;
  signal?: AbortSignal | undefined;
  /** The name of each tool as its call begins: progress only, the answer is the turn. */
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

/** Others are those of a newer service: the answer ended, nobody here knows why, and no call in it is run. */
export type StopReason = (typeof stopReasons)[number] | (string & {});

/** In tokens; `input` holds neither what was read from the cache nor what was written to it. */
export interface ModelUsage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

/** `content` is the JSON text of the content array, whole (empty thinking blocks too): the next request must hold it unchanged. */
export interface ModelTurn {
  content: string;
  stopReason: StopReason;
  usage: ModelUsage;
  /** Why the model refuses, in its own words, where it says so. */
  refusal?: string;
}

/**
 * Asks once; asking again is the run worker's. Throws ModelUnavailable (ask again later), ModelRefusedKey and
 * ModelRefusedRequest (tell people), ModelStopped (the signal was aborted).
 */
export interface Model {
  turn(request: ModelRequest): Promise<ModelTurn>;
}
