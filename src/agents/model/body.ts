// The body of a Messages API request, put together from the frozen texts of a session without reading them.

import { wellFormed } from '../../log/well-formed.ts';
import type { ModelRequest } from './model.ts';

/**
 * As JSON text: what was sent before is sent again byte for byte. Cache markers: an hour on the last system block, so that
 * the prefix all of an agent's sessions share outlives a pause between people, and the automatic one on the newest turn.
 * Markers do not count as a change of the prefix.
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

/** No door lets half a character in any more; what was kept before may hold one, and the API refuses the whole request. */
function whole(json: string): string {
  if (!/\\ud[89a-f]/i.test(json)) return json;
  const value: unknown = JSON.parse(json);
  const mended = wellFormed(value);
  return mended === value ? json : JSON.stringify(mended);
}

/** An array of blocks ends with the last block's brace. */
function withBreakpoint(system: string): string {
  return system.replace(/\}\]$/, ',"cache_control":{"type":"ephemeral","ttl":"1h"}}]');
}

/** Known to take adaptive thinking; any other model, and every model of one's own, decides for itself. */
function thinksAdaptively(model: string): boolean {
  return /^claude-(opus-5-5|sonnet-5-5|fable-5-[12])$/.test(model);
}
