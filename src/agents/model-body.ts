// The body of a Messages API request, from the frozen texts of a session.

import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from './model.ts';

type Body = Anthropic.MessageCreateParamsNonStreaming;

/**
 * Cache markers: an hour on the last system block, so that the prefix all of an agent's sessions share outlives a pause
 * between people, and the automatic one on the newest turn. Markers do not count as a change of the prefix.
 */
export function messagesBody(request: ModelRequest): Body {
  const tools: Anthropic.ToolUnion[] = JSON.parse(request.tools);
  return {
    model: request.model,
    max_tokens: request.maxTokens,
    system: withBreakpoint(JSON.parse(request.system)),
    ...(tools.length > 0 && { tools }),
    messages: request.messages.map((message): Anthropic.MessageParam => JSON.parse(message)),
    cache_control: { type: 'ephemeral' },
    ...(thinksAdaptively(request.model) && { thinking: { type: 'adaptive', display: 'summarized' } }),
  };
}

function withBreakpoint(system: readonly Anthropic.TextBlockParam[]): Anthropic.TextBlockParam[] {
  return system.map((block, index) =>
    index === system.length - 1 ? { ...block, cache_control: { type: 'ephemeral', ttl: '1h' } } : block,
  );
}

/** Known to take adaptive thinking; any other model, and every model of one's own, decides for itself. */
function thinksAdaptively(model: string): boolean {
  return /^claude-(opus-5-5|sonnet-5-5|fable-5-[12])$/.test(model);
}
