// A turn as the Messages API takes it: what it would refuse is mended before the turn is saved, and in old transcripts before it is sent.
import { wellFormed } from '../../log/well-formed.ts';
import type { TurnDoc } from './session.ts';
import { SILENCE } from './transcript.ts';

type Block = Record<string, unknown>;
type Role = TurnDoc['role'];

/** Stands where the model said nothing: the API refuses an empty turn, and one that ends with a thought. */
export const NOTHING = `_${SILENCE}_`;

/** “text content blocks must contain non-whitespace text”, and for the API some control characters are white space. */
const BLANK = /^[\s\p{Cc}]*$/u;
/** In JSON text: a text of white space alone, or half a surrogate pair. Found too often is only slower. */
const SUSPECT = /^\[\]$|"(?:text|content)":"(?:\\[nrtfb]|\\u[0-9a-f]{4}|[\s\p{Cc}])*"|\\ud[89a-f]/iu;

/** `content` is the JSON text of a content array; the very same text where the API takes it as it is. */
export function sendable(content: string, role: Role): string {
  // A turn of the people may be long, and is Skein's own work.
  if (role === 'user' && !SUSPECT.test(content)) return content;
  const blocks = JSON.parse(content) as Block[];
  const fit = (role === 'assistant' ? assistantBlocks : userBlocks)(blocks);
  return fit.length === blocks.length && fit.every((block, n) => block === blocks[n]) ? content : JSON.stringify(fit);
}

/** A turn as one message of a request. */
export function messageText({ role, content }: Pick<TurnDoc, 'role' | 'content'>): string {
  return `{"role":"${role}","content":${sendable(content, role)}}`;
}

/** The blocks of an answer that the model provider accepts when they are sent back. */
export function acceptedBlocks(blocks: readonly Block[]): Block[] {
  return blocks.filter(isAccepted).map((block) => wellFormed(block.type === 'tool_use' ? callable(block) : block));
}

function assistantBlocks(blocks: readonly Block[]): Block[] {
  const fit = acceptedBlocks(blocks);
  const last = fit.at(-1)?.type;
  return last === 'text' || last === 'tool_use' ? fit : [...fit, { type: 'text', text: NOTHING }];
}

/** No other kind is asked for. Whatever it is, the next request is not refused because of it. */
function isAccepted({ type, text, thinking, signature, data }: Block): boolean {
  if (type === 'text') return typeof text === 'string' && !BLANK.test(text);
  if (type === 'thinking') return typeof thinking === 'string' && typeof signature === 'string';
  return type === 'tool_use' || (type === 'redacted_thinking' && typeof data === 'string');
}

/** A call of a tool that can't exist is answered like any other, so it keeps a name that can be sent. */
function callable(block: Block): Block {
  const { id, name, input } = block;
  const fit = { id: idFrom(id), name: word(name, 128), input: isRecord(input) ? input : {} };
  return fit.id === id && fit.name === name && fit.input === input ? block : { ...block, ...fit };
}

const EMPTY = '(empty)';

function userBlocks(blocks: readonly Block[]): Block[] {
  const fit = blocks.flatMap((block): Block[] => {
    if (block.type === 'text') return isBlank(block) ? [] : [wellFormed(block)];
    return [wellFormed(block.type === 'tool_result' ? resulting(block) : block)];
  });
  return fit.length ? fit : [{ type: 'text', text: '(no words)' }];
}

/** “content cannot be empty if `is_error` is true” */
function resulting(block: Block): Block {
  const id = idFrom(block.tool_use_id);
  const content = filled(block.content);
  return id === block.tool_use_id && content === block.content ? block : { ...block, tool_use_id: id, content };
}

function filled(content: unknown): unknown {
  if (!Array.isArray(content)) return typeof content === 'string' && !BLANK.test(content) ? content : EMPTY;
  const whole = content.filter((each: Block) => !isBlank(each));
  if (!whole.length) return EMPTY;
  return whole.length === content.length ? content : whole;
}

function isBlank({ type, text }: Block): boolean {
  return type === 'text' && (typeof text !== 'string' || BLANK.test(text));
}

function idFrom(id: unknown): string {
  return word(id, 200);
}

function word(value: unknown, longest: number): string {
  return (typeof value === 'string' ? value : '').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest) || '_';
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Calls under ids that no earlier turn has: the API wants them unique, and a server that counts from one repeats them. */
export function withFreshIds(content: string, turns: readonly Pick<TurnDoc, 'content'>[]): string {
  const blocks = JSON.parse(content) as Block[];
  const seen = new Set<unknown>();
  const fresh = blocks.map((block, n) => {
    const { type, id } = block;
    if (type !== 'tool_use' || typeof id !== 'string') return block;
    const known = seen.has(id) || turns.some((turn) => turn.content.includes(JSON.stringify(id)));
    seen.add(id);
    return known ? { ...block, id: `${idFrom(id)}_${turns.length + 1}_${n}` } : block;
  });
  return fresh.every((block, n) => block === blocks[n]) ? content : JSON.stringify(fresh);
}

/** A refused answer is never acted on: half a call in it would be asked for again and again. */
export function withoutCalls(content: string): string {
  return JSON.stringify((JSON.parse(content) as Block[]).filter(({ type }) => type !== 'tool_use'));
}
