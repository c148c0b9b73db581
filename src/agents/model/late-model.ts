// A model whose adapter is loaded at the first turn: its SDK is a tenth of what a start would have to read.
import type { Model } from './model.ts';

/** `load` is called once. */
export function lateModel(load: () => Promise<Model>): Model {
  let loaded: Promise<Model> | undefined;
  return {
    async turn(request) {
      loaded ??= load();
      return (await loaded).turn(request);
    },
  };
}
