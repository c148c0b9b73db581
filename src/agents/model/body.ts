// The body of a Messages API request, concatenated from the frozen JSON texts of a session.

import { wellFormed } from '../../log/well-formed.ts';
import type { ModelRequest } from './model.ts';

/**
 * Returns JSON text whose prefix is byte-identical to that of the previous request. There are two cache markers: one of
 * an hour on the last system block, which all sessions of an agent share, and the automatic one on the newest turn. A
 * marker does not change the prefix.
 */
export function messagesBody(request: ModelRequest): string {
  const fields = {
    model: JSON.stringify(request.model),
    max_tokens: String(request.maxTokens),
    system: withBreakpoint(whole(request.system)),
    ...(request.tools !== '[]' && { tools: whole(request.tools) }),
    messages: `[${request.messages.map(whole).join(',')}]`,
    cache_control: '{"type":"ephemeral"}',
    ...(thinksAdaptively(request.model) && { thinking: '{"type":"adaptive","display":"summarized"}' }),
    stream: 'true',
  };
  const texts = Object.entries(fields).map(([name, text]) => `"${name}":${text}`);
  return `{${texts.join(',')}}`;
}

/** Replaces lone surrogates: transcripts of older versions may hold some, and the API refuses the whole request. */
function whole(json: string): string {
  if (!/\\ud[89a-f]/i.test(json)) return json;
  const value: unknown = JSON.parse(json);
  const mended = wellFormed(value);
  return mended === value ? json : JSON.stringify(mended);
}

/** Inserts the marker before the last block's closing brace. */
function withBreakpoint(system: string): string {
  return system.replace(/\}\]$/, ',"cache_control":{"type":"ephemeral","ttl":"1h"}}]');
}

/** True for models that are known to accept adaptive thinking. For all others the parameter is left out. */
function thinksAdaptively(model: string): boolean {
  return /^claude-(opus-5-5|sonnet-5-5|fable-5-[12])$/.test(model);
}
