// As in Slack, ephemeral messages disappear when the page is reloaded.

const STORAGE_KEY = 'skein.whispers';
const MOST = 500;

/** @param {Storage | undefined} storage */
export function createWhispers(storage) {
  const shown = new Set(JSON.parse(storage?.getItem(STORAGE_KEY) ?? '[]'));
  /** Ephemeral messages that the page has shown before a reload. */
  const gone = new Set(shown);
  return {
    /** @param {string} as @param {any[]} messages @returns {any[]} without those that went with the last page */
    still(as, messages) {
      const keyOf = ({ ts }) => `${as} ${ts}`;
      const left = messages.filter((one) => !(one.ephemeral && gone.has(keyOf(one))));
      const fresh = left.filter((one) => one.ephemeral && !shown.has(keyOf(one))).map(keyOf);
      if (fresh.length === 0) return left;
      for (const key of fresh) shown.add(key);
      storage?.setItem(STORAGE_KEY, JSON.stringify([...shown].slice(-MOST)));
      return left;
    },
  };
}
