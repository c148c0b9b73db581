// The acts of the processes in a history: few and close together, so that they conflict.
import type { Random } from './random.ts';

export interface Wish {
  pod: string;
  action: string;
  input: object;
  key: string;
}

/** Opened before the history begins. */
export const OPEN_POD = 'p';
export const OPENING: Wish = { pod: OPEN_POD, action: 'open', input: {}, key: 'k' };
/** Its first commit is made in the history. */
export const NEW_POD = 'q';

type Making = readonly [action: string, input: (random: Random) => object];

const task = (random: Random) => random.pick([1, 1, 2]);
const MAKINGS: Record<string, Making> = {
  open: ['open', () => ({})],
  rename: ['rename', (random) => ({ task: task(random), word: random.pick(['a', 'b']) })],
  hand: ['hand', (random) => ({ task: task(random), to: random.pick(['ada', 'ben']) })],
  swap: ['swap', () => ({})],
  say: ['say', (random) => ({ to: random.pick(['pilot', 'scribe']) })],
  keep: ['keep', () => ({ note: 'n' })],
  drop: ['drop', () => ({ note: 'n' })],
  look: ['look', (random) => ({ task: task(random) })],
  create: ['create_task', (random) => ({ title: random.pick(['one', 'other']) })],
  complete: ['complete_task', (random) => ({ task: `#${task(random)}` })],
};

const THEMES = [
  ['rename', 'hand', 'swap', 'say', 'keep', 'drop', 'look', 'create', 'complete'],
  ['rename', 'hand', 'swap', 'look'],
  ['keep', 'drop'],
  ['create', 'complete', 'say'],
] as const;

/** 5 to 8 wishes. Some repeat a key, a few of them with another input. */
export function wishesOf(random: Random): Wish[] {
  const theme = random.pick(THEMES as unknown as [readonly string[], ...(readonly string[])[]]);
  const withNew = random.chance(0.3);
  const wishes: Wish[] = [];
  const count = 5 + random.below(4);
  while (wishes.length < count) {
    const earlier = wishes[random.below(wishes.length)];
    const luck = random.next();
    if (earlier && luck < 0.2) wishes.push({ ...earlier });
    else if (earlier && luck < 0.28) wishes.push({ ...made(random, theme, earlier.pod), key: earlier.key });
    else
      wishes.push({
        ...made(random, theme, withNew && random.chance(0.5) ? NEW_POD : OPEN_POD),
        key: `k${wishes.length}`,
      });
  }
  return wishes;
}

function made(random: Random, theme: readonly string[], pod: string): Omit<Wish, 'key'> {
  const name = pod === NEW_POD && random.chance(0.4) ? 'open' : theme[random.below(theme.length)];
  const [action, input] = MAKINGS[name ?? 'say'] ?? ['open', () => ({})];
  return { pod, action, input: input(random) };
}
