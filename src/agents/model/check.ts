// Asks the model one tiny thing, for the doctor: whether the key, the name and the way to it are right.
import type { Model, ModelTurn } from './model.ts';

export interface ModelFound {
  ms: number;
  usage: ModelTurn['usage'];
}

/** Enough for one word; a model that thinks first may use it up, which is an answer as well. */
const MOST_TOKENS = 64;

/** Throws what a turn throws. */
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
