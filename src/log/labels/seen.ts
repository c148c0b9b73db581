// Fills the slots of a result with their words, and lists the label of each.
import { ERASED, isBodyRef, type LabelledSlot, type Quoted, type Said, type Text, type Worded } from '../body.ts';

interface TextReader {
  labelled(ids: readonly string[]): Promise<Map<string, Text>>;
}

/**
 * Returns the result with all texts filled in by one read, and the path and label of each labelled text. `known`:
 * bodies that are already in memory.
 */
export async function seen<T>(
  read: TextReader,
  value: T,
  known: ReadonlyMap<string, Text> = new Map(),
): Promise<{ result: Worded<T>; labels: LabelledSlot[] }> {
  const slots = slotsIn(value, []);
  const missing = slots.flatMap(({ slot }) => ('said' in slot && !known.has(slot.said) ? [slot.said] : []));
  const texts = missing.length ? new Map([...(await read.labelled(missing)), ...known]) : known;
  const labels = slots.flatMap(({ at, slot }): LabelledSlot[] => {
    const label = slot.label ?? ('said' in slot ? texts.get(slot.said)?.label : undefined);
    const of = 'of' in slot && slot.of !== undefined ? { of: slot.of } : {};
    return label ? [{ at, label, ...of }] : [];
  });
  return { result: (slots.length ? filled(value, texts) : value) as Worded<T>, labels };
}

/** Returns the value with all texts filled in. */
export async function worded<T>(read: TextReader, value: T): Promise<Worded<T>> {
  return (await seen(read, value)).result;
}

function slotsIn(value: unknown, at: LabelledSlot['at']): { at: LabelledSlot['at']; slot: Said | Quoted }[] {
  if (isSlot(value)) return [{ at, slot: value }];
  if (value === null || typeof value !== 'object') return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, each]) => slotsIn(each, [...at, key]));
}

function filled(value: unknown, texts: ReadonlyMap<string, Text>): unknown {
  if (isSlot(value)) return 'said' in value ? (texts.get(value.said)?.text ?? ERASED) : value.quoted;
  if (Array.isArray(value)) return value.map((each) => filled(each, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, texts)]));
}

function isSlot(value: unknown): value is Said | Quoted {
  if (typeof value !== 'object' || value === null) return false;
  return 'said' in value
    ? isBodyRef(value.said) || value.said === ''
    : 'quoted' in value && typeof value.quoted === 'string';
}
