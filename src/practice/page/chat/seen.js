// How far each person has read in each place; it outlives a reload.

const STORAGE_KEY = 'skein.seen';

/** @param {Storage} storage */
export function createSeen(storage) {
  const seen = new Map(Object.entries(JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}')));
  const keyOf = (as, place) => `${as} ${place}`;
  return {
    /** The last ts that was seen; before anything else when nothing was. @returns {string} */
    of: (as, place) => seen.get(keyOf(as, place)) ?? '',
    /** @param {string} as @param {string} place @param {string} ts */
    until(as, place, ts) {
      if (seen.get(keyOf(as, place)) >= ts) return;
      seen.set(keyOf(as, place), ts);
      storage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(seen)));
    },
  };
}
