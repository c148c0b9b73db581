// What waits for the person in all their pods, loaded through the product's action.

/** The place at the left that shows it. @type {import('../chat/places.js').Place} */
export const WAITING = {
  id: 'waiting',
  kind: 'waiting',
  title: 'Waiting for you',
  label: 'Waiting',
  sign: 'waits',
  about: 'What your pods need of you, the most urgent first. Only you see this.',
};

/** @param {ReturnType<typeof import('../api.js').driver>} api @param {() => string | undefined} who */
export function createWaitingModel(api, who) {
  const waiting = {
    /** Undefined until it is loaded. */
    items: undefined,
    /** How many more there are than are shown, as “7 more”. */
    more: undefined,
    /** What the person waits for from others, and how much more of it there is than is shown. */
    awaited: undefined,
    moreAwaited: undefined,
    /** The places of the conversations, by conversation id. */
    places: {},
    fault: undefined,
    forget: () =>
      Object.assign(waiting, {
        ...{ items: undefined, more: undefined, awaited: undefined, moreAwaited: undefined },
        ...{ places: {}, fault: undefined },
      }),
    read,
    count,
  };

  async function read() {
    const as = who();
    if (as === undefined) return;
    try {
      const { waiting: items, more, awaited, moreAwaited, places } = await api.get('waiting', { as });
      if (as === who()) Object.assign(waiting, { items, more, awaited, moreAwaited, places, fault: undefined });
    } catch (error) {
      if (as === who()) waiting.fault = error.message;
    }
  }

  /** What the person has put off does not count. */
  function count() {
    const now = (waiting.items ?? []).filter((one) => one.put_off_until === undefined && !one.not_yet);
    return now.length + Number.parseInt(waiting.more ?? '0', 10);
  }

  return waiting;
}
