// The types of the Messages API that the stand-in model uses.

export interface CacheControl {
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}

export interface TextBlock {
  type: 'text';
  text: string;
}

export interface ToolUse {
  type: 'tool_use';
  id: string;
  name: string;
  input: Record<string, unknown>;
}

export interface ToolResult {
  type: 'tool_result';
  tool_use_id: string;
  content?: string | readonly Block[];
  is_error?: boolean;
}

/** A block of another type (thinking, image …). Its tokens are counted, and its content is not read. */
export type Block = { type: string; cache_control?: CacheControl | null } & Record<string, unknown>;

export interface Message {
  role: 'user' | 'assistant' | 'system';
  content: string | readonly Block[];
}

export interface Tool {
  name: string;
  input_schema: Record<string, unknown>;
  cache_control?: CacheControl | null;
}

/** A request that was checked and is valid. */
export interface MessagesRequest {
  model: string;
  max_tokens: number;
  messages: readonly Message[];
  system?: string | readonly Block[];
  tools?: readonly Tool[];
  cache_control?: CacheControl | null;
  stream?: boolean;
}

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'refusal' | (string & {});

/** A block of an answer. Blocks other than text and calls appear only through a fault. */
export type AnswerBlock = TextBlock | ToolUse | (Block & { type: 'thinking' | 'of_tomorrow' });

/** The answer that the planner decided on. The server adds ids and usage. */
export interface Plan {
  content: readonly AnswerBlock[];
  stopReason: StopReason;
  refusal?: string;
}

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number;
  cache_creation_input_tokens: number;
  cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number };
}

export interface Answer {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: readonly AnswerBlock[];
  stop_reason: StopReason;
  stop_sequence: null;
  stop_details: { type: 'refusal'; category: string | null; explanation: string } | null;
  usage: Usage;
}

/** Returns the blocks of a message or a system text. A string is one text block. */
export function blocksOf(content: string | readonly Block[] | undefined): readonly Block[] {
  if (content === undefined) return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
