// Stores the draft of each conversation in the session storage, so that it survives a reload.

/** @param {Storage | undefined} storage @param {string} name of the box */
export function draftsIn(storage, name) {
  const key = `skein.drafts.${name}`;
  const all = new Map(JSON.parse(storage?.getItem(key) ?? '[]'));
  return {
    /** @param {string} place */
    of: (place) => all.get(place) ?? '',
    places: () => [...all.keys()],
    /** @param {string} place @param {string} text */
    keep(place, text) {
      if (place === '' || text === (all.get(place) ?? '')) return;
      if (text === '') all.delete(place);
      else all.set(place, text);
      storage?.setItem(key, JSON.stringify([...all]));
    },
  };
}
