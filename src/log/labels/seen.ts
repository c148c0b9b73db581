// A result as it is seen: its places filled with their words, each with where it is from.
import { ERASED, isBodyRef, type Placed, type Quoted, type Said, type Text, type Worded } from '../body.ts';

interface TextReader {
  labelled(ids: readonly string[]): Promise<Map<string, Text>>;
}

/** The value with all its words, read at once, and which of them are from somewhere. `known` are bodies that are at hand. */
export async function seen<T>(
  read: TextReader,
  value: T,
  known: ReadonlyMap<string, Text> = new Map(),
): Promise<{ result: Worded<T>; labels: Placed[] }> {
  const places = placesIn(value, []);
  const missing = places.flatMap(({ place }) => ('said' in place && !known.has(place.said) ? [place.said] : []));
  const texts = missing.length ? new Map([...(await read.labelled(missing)), ...known]) : known;
  const labels = places.flatMap(({ at, place }): Placed[] => {
    const label = place.label ?? ('said' in place ? texts.get(place.said)?.label : undefined);
    const of = 'of' in place && place.of !== undefined ? { of: place.of } : {};
    return label ? [{ at, label, ...of }] : [];
  });
  return { result: (places.length ? filled(value, texts) : value) as Worded<T>, labels };
}

/** The value with all its words. */
export async function worded<T>(read: TextReader, value: T): Promise<Worded<T>> {
  return (await seen(read, value)).result;
}

function placesIn(value: unknown, at: Placed['at']): { at: Placed['at']; place: Said | Quoted }[] {
  if (isPlace(value)) return [{ at, place: value }];
  if (value === null || typeof value !== 'object') return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, each]) => placesIn(each, [...at, key]));
}

function filled(value: unknown, texts: ReadonlyMap<string, Text>): unknown {
  if (isPlace(value)) return 'said' in value ? (texts.get(value.said)?.text ?? ERASED) : value.quoted;
  if (Array.isArray(value)) return value.map((each) => filled(each, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, texts)]));
}

function isPlace(value: unknown): value is Said | Quoted {
  if (typeof value !== 'object' || value === null) return false;
  return 'said' in value
    ? isBodyRef(value.said) || value.said === ''
    : 'quoted' in value && typeof value.quoted === 'string';
}
