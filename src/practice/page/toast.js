// A temporary message, for an error or a confirmation. Screen readers read it out.

/** In milliseconds. An error takes longer to read than a confirmation. */
const SHOWN_MS = { fault: 8_000, done: 4_000 };

/**
 * @param {Window} window @param {HTMLElement} element
 * @returns {{ say: (sentence: string, kind?: 'done' | 'fault') => void, attempt: (act: () => unknown, control?: object) => Promise<void> }} `attempt` does it, unless its control is at it already, and tells the person when it fails
 */
export function attempting(window, element) {
  const busy = new WeakSet();
  let timer;
  function say(sentence, kind = 'done') {
    element.textContent = sentence;
    element.hidden = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      element.hidden = true;
    }, SHOWN_MS[kind]);
  }
  async function attempt(act, control = {}) {
    if (busy.has(control)) return;
    busy.add(control);
    try {
      await act();
    } catch (error) {
      say(error.message, 'fault');
    } finally {
      busy.delete(control);
    }
  }
  return { say, attempt };
}
