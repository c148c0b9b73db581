// The body of a Messages API request, concatenated from the frozen JSON texts of a session.

import { wellFormed } from '../../log/well-formed.ts';
import type { CacheLife } from './cache-marks.ts';
import type { ModelRequest } from './model.ts';

/**
 * Returns JSON text whose prefix is byte-identical to that of the previous request. One cache mark is
 * on the last system block, which all sessions of an agent share, and the automatic one on the newest turn; `marks` says
 * how long they live, and adds up to two between them. A mark does not change the prefix.
 */
export function messagesBody(request: ModelRequest): string {
  const fields = {
    model: JSON.stringify(request.model),
    max_tokens: String(request.maxTokens),
    system: marked(whole(request.system), request.marks?.system ?? '5m'),
    ...(request.tools !== '[]' && { tools: whole(request.tools) }),
    messages: `[${messagesOf(request).join(',')}]`,
    cache_control: control(request.marks?.last ?? '5m'),
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

function messagesOf({ messages, marks }: ModelRequest): string[] {
  const lives = new Map(marks?.ends.map(({ message, life }) => [message, life]));
  return messages.map((message, n) => {
    const life = lives.get(n);
    return life ? marked(whole(message), life) : whole(message);
  });
}

/** Inserts the mark before the closing brace of the last block. `json`: a content array, or a message that ends with one. */
function marked(json: string, life: CacheLife): string {
  return json.replace(/\}\](\}?)$/, `,"cache_control":${control(life)}}]$1`);
}

function control(life: CacheLife): string {
  return life === '5m' ? '{"type":"ephemeral"}' : '{"type":"ephemeral","ttl":"1h"}';
}

/** True for models that are known to accept adaptive thinking. For all others the parameter is left out. */
function thinksAdaptively(model: string): boolean {
  return /^claude-(opus-5-5|sonnet-5-5|fable-5-[12])$/.test(model);
}
