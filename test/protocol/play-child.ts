// A process that plays its share of the histories: `play-child.ts <first seed> <count>`, see model.spec.ts.
import { play } from './play.ts';
import { PRODUCT } from './variants.ts';

const [first, count] = process.argv.slice(2).map(Number) as [number, number];
const played = await play(PRODUCT, first, count);
process.send?.(played, () => process.disconnect());
