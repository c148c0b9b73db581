// A sentence that is read out and goes away: what went wrong, or what was done out of sight.

const SHOWN_MS = 8_000;

/**
 * @param {Window} window @param {HTMLElement} element
 * @returns {{ say: (sentence: string) => void, attempt: (act: () => unknown) => Promise<void> }} `attempt` does it, and tells the person when it fails
 */
export function attempting(window, element) {
  let timer;
  function say(sentence) {
    element.textContent = sentence;
    element.hidden = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      element.hidden = true;
    }, SHOWN_MS);
  }
  async function attempt(act) {
    try {
      await act();
    } catch (error) {
      say(error.message);
    }
  }
  return { say, attempt };
}
