// Checks the messages of a request: their roles and blocks, and that the next turn has a result for each tool call.

import { invalidRequest } from '../api-error.ts';
import { type Block, blocksOf, type Message } from '../wire.ts';
import { toolName } from './tools.ts';
import { checkCharacters, isRecord, isText } from './value.ts';

const toolUseId = /^[a-zA-Z0-9_-]+$/;
const onlyIn: Readonly<Record<string, 'user' | 'assistant'>> = {
  tool_use: 'assistant',
  thinking: 'assistant',
  redacted_thinking: 'assistant',
  tool_result: 'user',
  image: 'user',
  document: 'user',
};

export function checkMessages(messages: unknown): readonly Message[] {
  if (messages === undefined) throw invalidRequest('messages: Field required');
  if (!Array.isArray(messages)) throw invalidRequest('messages: Input should be a valid list');
  checkCharacters(messages);
  if (messages.length === 0) throw invalidRequest('messages: at least one message is required');
  for (const [index, message] of messages.entries()) checkMessage(message, index, index === messages.length - 1);
  checkRoles(messages);
  checkToolPairs(messages);
  return messages;
}

function checkMessage(message: unknown, index: number, last: boolean): void {
  const at = `messages.${index}`;
  if (!isRecord(message)) throw invalidRequest(`${at}: Input should be a valid dictionary`);
  const { role, content } = message;
  if (role !== 'user' && role !== 'assistant' && role !== 'system') {
    throw invalidRequest(`${at}.role: Input should be 'user', 'assistant' or 'system'`);
  }
  if (content === undefined) throw invalidRequest(`${at}.content: Field required`);
  if (typeof content !== 'string' && !Array.isArray(content)) {
    throw invalidRequest(`${at}.content: Input should be a valid string or list`);
  }
  if (content.length === 0 && !(last && role === 'assistant')) {
    throw invalidRequest(`${at}: ${role} messages must have non-empty content`);
  }
  if (typeof content === 'string') {
    if (content && !isText(content))
      throw invalidRequest(`${at}: text content blocks must contain non-whitespace text`);
    return;
  }
  for (const [position, block] of content.entries()) checkBlock(block, role, `${at}.content.${position}`);
  const ending = role === 'assistant' && content.at(-1)?.type;
  if (ending === 'thinking' || ending === 'redacted_thinking')
    throw invalidRequest(`${at}: The final block in an assistant message cannot be \`${ending}\`.`);
}

function checkBlock(block: unknown, role: Message['role'], at: string): void {
  if (!isRecord(block) || typeof block.type !== 'string') throw invalidRequest(`${at}.type: Field required`);
  const home = onlyIn[block.type];
  if (home && home !== role)
    throw invalidRequest(`${at}: \`${block.type}\` blocks can only be in \`${home}\` messages`);
  if (role === 'system' && block.type !== 'text') throw invalidRequest(`${at}.type: Input should be 'text'`);
  switch (block.type) {
    case 'text':
      if (!isText(block.text)) throw invalidRequest(`${at}: text content blocks must contain non-whitespace text`);
      if (role === 'user' && Array.isArray(block.citations) && block.citations.length > 0)
        throw invalidRequest(`${at}.citations: text blocks of a user message must not have citations`);
      return;
    case 'thinking':
      if (typeof block.thinking !== 'string') throw invalidRequest(`${at}.thinking: Field required`);
      if (typeof block.signature !== 'string') throw invalidRequest(`${at}.signature: Field required`);
      return;
    case 'tool_use':
      if (typeof block.id !== 'string' || !toolUseId.test(block.id)) {
        throw invalidRequest(`${at}.id: String should match pattern '${toolUseId.source}'`);
      }
      if (typeof block.name !== 'string' || !toolName.test(block.name)) {
        throw invalidRequest(`${at}.name: String should match pattern '${toolName.source}'`);
      }
      if (!isRecord(block.input)) throw invalidRequest(`${at}.input: Input should be a valid dictionary`);
      return;
    case 'tool_result':
      if (typeof block.tool_use_id !== 'string') throw invalidRequest(`${at}.tool_use_id: Field required`);
      if (block.content !== undefined && typeof block.content !== 'string' && !Array.isArray(block.content)) {
        throw invalidRequest(`${at}.content: Input should be a valid string or list`);
      }
      checkResult(block.content, block.is_error === true, at);
      return;
    case 'redacted_thinking':
    case 'image':
    case 'document':
    case 'search_result':
      return;
    default:
      throw invalidRequest(
        `${at}: Input tag '${block.type}' found using 'type' does not match any of the expected tags`,
      );
  }
}

function checkResult(content: unknown, failed: boolean, at: string): void {
  const blocks = Array.isArray(content) ? content : [];
  if (failed && (content === undefined || content === '' || (Array.isArray(content) && !blocks.length)))
    throw invalidRequest(`${at}.tool_result: content cannot be empty if \`is_error\` is true`);
  for (const [n, inner] of blocks.entries())
    if (isRecord(inner) && inner.type === 'text' && !isText(inner.text))
      throw invalidRequest(`${at}.tool_result.content.${n}: text content blocks must contain non-whitespace text`);
}

function checkRoles(messages: readonly Message[]): void {
  if (messages[0]?.role !== 'user') throw invalidRequest('messages: first message must use the "user" role');
  for (const [index, { role }] of messages.entries()) {
    if (role !== 'system') continue;
    const next = messages[index + 1]?.role;
    if (messages[index - 1]?.role !== 'user' || (next && next !== 'assistant')) {
      throw invalidRequest(
        `messages.${index}: a system message must follow a user message and be last or before an assistant message`,
      );
    }
  }
  if (messages.at(-1)?.role === 'assistant') {
    throw invalidRequest(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
}

/** Checks that each call has its result. Consecutive messages with the same role count as one turn, as in the API. */
function checkToolPairs(messages: readonly Message[]): void {
  const turns: { role: Message['role']; blocks: Block[]; index: number }[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    const before = turns.at(-1);
    if (before?.role === role) before.blocks.push(...blocksOf(content));
    else turns.push({ role, blocks: [...blocksOf(content)], index });
  }
  const seen = new Set<unknown>();
  let open: unknown[] = [];
  for (const { role, blocks, index } of turns) {
    const at = `messages.${index}`;
    checkAnswers(open, role === 'user' ? blocks : [], at);
    open = blocks.filter((block) => block.type === 'tool_use').map((block) => block.id);
    for (const id of open) {
      if (seen.has(id)) throw invalidRequest(`${at}: \`tool_use\` ids must be unique`);
      seen.add(id);
    }
  }
  checkAnswers(open, [], 'messages');
}

function checkAnswers(open: readonly unknown[], blocks: readonly Block[], at: string): void {
  const firstOther = blocks.findIndex((block) => block.type !== 'tool_result');
  const leading = firstOther < 0 ? blocks : blocks.slice(0, firstOther);
  const answered = blocks.filter((block) => block.type === 'tool_result').map((block) => block.tool_use_id);
  const unknown = answered.find((id) => !open.includes(id));
  if (unknown !== undefined) {
    throw invalidRequest(
      `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unknown}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
    );
  }
  if (new Set(answered).size < answered.length) {
    throw invalidRequest(
      `${at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with one id`,
    );
  }
  const missing = open.filter((id) => !leading.some((block) => block.tool_use_id === id));
  if (missing.length > 0) {
    throw invalidRequest(
      `${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    );
  }
}
