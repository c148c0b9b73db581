// Makes a turn valid for the Messages API: new turns before they are saved, turns of older versions before they are sent.
import { wellFormed } from '../../log/well-formed.ts';
import { perTurn } from './per-turn.ts';
import type { TurnDoc } from './session.ts';
import { SILENCE } from './transcript.ts';

type Block = Record<string, unknown>;
type Role = TurnDoc['role'];

/** Stands in for an empty answer, because the API refuses an empty turn, and a turn that ends with a thinking block. */
export const NOTHING = `_${SILENCE}_`;

/**
 * The API says: “text content blocks must contain non-whitespace text”. It counts some control characters as white
 * space.
 */
const BLANK = /^[\s\p{Cc}]*$/u;
/**
 * Matches blank texts and lone surrogates in JSON text. It may also match valid JSON, which then is only parsed
 * needlessly.
 */
const SUSPECT = /^\[\]$|"(?:text|content)":"(?:\\[nrtfb]|\\u[0-9a-f]{4}|[\s\p{Cc}])*"|\\ud[89a-f]/iu;

/** Returns a content that the API accepts; unchanged if it already does. `content`: the JSON text of a content array. */
export function sendable(content: string, role: Role): string {
  // A user turn may be long, and Skein wrote it, so it is parsed only if something in it looks wrong.
  if (role === 'user' && !SUSPECT.test(content)) return content;
  const blocks = JSON.parse(content) as Block[];
  const fit = (role === 'assistant' ? assistantBlocks : userBlocks)(blocks);
  return fit.length === blocks.length && fit.every((block, n) => block === blocks[n]) ? content : JSON.stringify(fit);
}

/** Returns a turn as the JSON text of one message of a request. */
export const messageText = perTurn(
  ({ role, content }: Pick<TurnDoc, 'role' | 'content'>): string =>
    `{"role":"${role}","content":${sendable(content, role)}}`,
);

/** Returns the blocks of an answer that the API accepts when they are sent back in the next request. */
export function acceptedBlocks(blocks: readonly Block[]): Block[] {
  return blocks.filter(isAccepted).map((block) => wellFormed(block.type === 'tool_use' ? callable(block) : block));
}

function assistantBlocks(blocks: readonly Block[]): Block[] {
  const fit = acceptedBlocks(blocks);
  const last = fit.at(-1)?.type;
  return last === 'text' || last === 'tool_use' ? fit : [...fit, { type: 'text', text: NOTHING }];
}

/** True for a block that the API accepts in a request. It does not accept blocks of unknown types. */
function isAccepted({ type, text, thinking, signature, data }: Block): boolean {
  if (type === 'text') return typeof text === 'string' && !BLANK.test(text);
  if (type === 'thinking') return typeof thinking === 'string' && typeof signature === 'string';
  return type === 'tool_use' || (type === 'redacted_thinking' && typeof data === 'string');
}

/** Returns the call with a valid id, name and input. An invalid call is not dropped, since every call needs a result. */
function callable(block: Block): Block {
  const { id, name, input } = block;
  const fit = { id: idFrom(id), name: safeName(name, 128), input: isRecord(input) ? input : {} };
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

/** Returns the result with a valid id and some content. The API says: “content cannot be empty if `is_error` is true”. */
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
  return safeName(id, 200);
}

function safeName(value: unknown, longest: number): string {
  return (typeof value === 'string' ? value : '').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, longest) || '_';
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Renames ids of calls that an earlier turn used. The API demands unique ids, and some servers begin to count at one in
 * each answer.
 */
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

/** Removes the calls of a refused answer. They may be incomplete, and are never run. */
export function withoutCalls(content: string): string {
  return JSON.stringify((JSON.parse(content) as Block[]).filter(({ type }) => type !== 'tool_use'));
}
