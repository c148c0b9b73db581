// The doctor's check of the model: one tiny request proves the key, the model's name and the connection.
import type { Model, ModelTurn } from './model.ts';

export interface ModelFound {
  ms: number;
  usage: ModelTurn['usage'];
}

/**
 * Enough for an answer of one word. A model that thinks first may use all of it before it answers, and that proves the
 * connection too.
 */
const MOST_TOKENS = 64;

/** Returns the found model, and how long the answer took. Throws the same errors as `Model.turn`. */
export async function checkModel(
  model: Model,
  name: string,
  { signal, now }: { signal: AbortSignal; now(): number },
): Promise<ModelFound> {
  const begun = now();
  const { usage } = await model.turn({
    model: name,
    system: '[{"type":"text","text":"You answer with one word."}]',
    tools: '[]',
    messages: ['{"role":"user","content":[{"type":"text","text":"Say: ready"}]}'],
    maxTokens: MOST_TOKENS,
    signal,
  });
  return { ms: Math.round(now() - begun), usage };
}
