// Refuses the requests that the Messages API refuses, with the API's messages, so that mistakes are found before
// production.

import { invalidRequest } from '../api-error.ts';
import type { MessagesRequest } from '../wire.ts';
import { checkCacheControl } from './cache-control.ts';
import { checkMessages } from './messages.ts';
import { checkTools } from './tools.ts';
import { checkCharacters, isRecord, isText } from './value.ts';

/** Returns the valid request. Throws ApiError 400. `max_tokens` is not required for counting tokens. */
export function checkRequest(body: unknown, purpose: 'answer' | 'count' = 'answer'): MessagesRequest {
  if (!isRecord(body)) throw invalidRequest('The request body is not valid JSON.');
  checkCharacters([body.system, body.tools]);
  if (typeof body.model !== 'string' || !body.model) throw invalidRequest('model: Field required');
  if (purpose === 'answer') checkMaxTokens(body.max_tokens);
  for (const name of ['temperature', 'top_p', 'top_k']) {
    if (body[name] !== undefined) throw invalidRequest(`${name}: Extra inputs are not permitted`);
  }
  checkSystem(body.system);
  const tools = checkTools(body.tools);
  checkToolChoice(body.tool_choice);
  const messages = checkMessages(body.messages);
  checkCacheControl(body, tools, messages);
  return body as unknown as MessagesRequest;
}

function checkMaxTokens(value: unknown): void {
  if (value === undefined) throw invalidRequest('max_tokens: Field required');
  if (!Number.isInteger(value)) throw invalidRequest('max_tokens: Input should be a valid integer');
  if ((value as number) < 0) throw invalidRequest('max_tokens: Input should be greater than or equal to 0');
}

function checkSystem(system: unknown): void {
  if (system === undefined || typeof system === 'string') return;
  if (!Array.isArray(system)) throw invalidRequest('system: Input should be a valid string or list');
  for (const [index, block] of system.entries()) {
    if (!isRecord(block) || block.type !== 'text') throw invalidRequest(`system.${index}.type: Input should be 'text'`);
    if (typeof block.text !== 'string' || !block.text) {
      throw invalidRequest('system: text content blocks must be non-empty');
    }
    if (!isText(block.text)) throw invalidRequest('system: text content blocks must contain non-whitespace text');
  }
}

function checkToolChoice(choice: unknown): void {
  if (choice === undefined) return;
  const type = isRecord(choice) ? choice.type : choice;
  if (type === 'any' || type === 'tool') {
    throw invalidRequest(`tool_choice: '${type}' is not supported on this model. Use 'auto'.`);
  }
  if (type !== 'auto' && type !== 'none') throw invalidRequest("tool_choice.type: Input should be 'auto' or 'none'");
}
