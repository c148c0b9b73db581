// A child process that runs a part of the histories: `play-child.ts <store> <first seed> <count>`. See model.spec.ts.
import { play } from './play.ts';
import { PRODUCTS, type StoreKind } from './variants.ts';

const [store, first, count] = process.argv.slice(2) as [StoreKind, string, string];
void play(PRODUCTS[store], Number(first), Number(count)).then((played) =>
  process.send?.(played, () => process.disconnect()),
);
