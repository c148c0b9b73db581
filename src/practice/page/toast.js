// What went wrong, as a sentence that is read out and goes away.

const SHOWN_MS = 8_000;

/** @param {Window} window @param {HTMLElement} element @returns {(act: () => unknown) => Promise<void>} does it, and tells the person when it fails */
export function attempting(window, element) {
  let timer;
  return async (act) => {
    try {
      await act();
    } catch (error) {
      element.textContent = error.message;
      element.hidden = false;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        element.hidden = true;
      }, SHOWN_MS);
    }
  };
}
