// The body of a Messages API request, put together from the frozen texts of a session without reading them.

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
    system: withBreakpoint(request.system),
    ...(request.tools !== '[]' && { tools: request.tools }),
    messages: `[${request.messages.join(',')}]`,
    cache_control: '{"type":"ephemeral"}',
    ...(thinksAdaptively(request.model) && { thinking: '{"type":"adaptive","display":"summarized"}' }),
    stream: 'true',
  };
  const texts = Object.entries(fields).map(([name, text]) => `"${name}":${text}`);
  return `{${texts.join(',')}}`;
}

/** An array of blocks ends with the last block's brace. */
function withBreakpoint(system: string): string {
  return system.replace(/\}\]$/, ',"cache_control":{"type":"ephemeral","ttl":"1h"}}]');
}

/** Known to take adaptive thinking; any other model, and every model of one's own, decides for itself. */
function thinksAdaptively(model: string): boolean {
  return /^claude-(opus-5-5|sonnet-5-5|fable-5-[12])$/.test(model);
}
