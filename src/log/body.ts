// Bodies: the words of people and models, kept beside the log so that they can be erased; commits and views hold references.
//
// Names are no bodies: of pods (with their purpose), people, agents and skills. They are what others are told apart by, who
// is named changes them by a commit of their own, and what the organisation writes into agents and skills is its rules.
/** The id of a body, from `ctx.text(…)`. Words themselves do not pass for one. */
export type BodyRef = `b_${string}`;

export function isBodyRef(value: unknown): value is BodyRef {
  return typeof value === 'string' && value.startsWith('b_');
}

/** A place in a result where the words of a body are to stand: the commit keeps the reference, whoever asks sees the words. */
export interface Said {
  said: BodyRef | '';
}

/** A value as it is seen: each place with its words. */
export type Worded<T> = T extends Said
  ? string
  : T extends readonly (infer Each)[]
    ? Worded<Each>[]
    : T extends object
      ? { [K in keyof T]: Worded<T[K]> }
      : T;

/** What is seen where words were erased. */
export const ERASED = '(erased)';

export function said(ref: BodyRef | ''): Said {
  return { said: ref };
}

/** The value with all its words, read at once. `known` are bodies that are at hand. */
export async function worded<T>(
  read: { texts(ids: readonly string[]): Promise<Map<string, string>> },
  value: T,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<Worded<T>> {
  const refs = refsIn(value);
  const missing = refs.filter((ref) => !known.has(ref));
  const texts = missing.length ? new Map([...(await read.texts(missing)), ...known]) : known;
  return (refs.length ? filled(value, texts) : value) as Worded<T>;
}

function refsIn(value: unknown): (BodyRef | '')[] {
  if (isSaid(value)) return [value.said];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(refsIn);
}

function filled(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  if (isSaid(value)) return texts.get(value.said) ?? ERASED;
  if (Array.isArray(value)) return value.map((each) => filled(each, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, texts)]));
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'said' in value && Object.keys(value).length === 1;
}
