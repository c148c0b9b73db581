// A list that stays at its end while it grows, unless the person is reading further up.

const NEAR_PX = 48;

/** @param {HTMLElement} pane @param {HTMLButtonElement} button leads to what is new */
export function scroller(pane, button) {
  // Firefox and Chrome let the keyboard into what scrolls, Safari only when told.
  pane.tabIndex = 0;
  const atEnd = () => pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_PX;
  const toEnd = () => {
    pane.scrollTop = pane.scrollHeight;
    button.hidden = true;
  };
  button.addEventListener('click', toEnd);
  pane.addEventListener('scroll', () => {
    if (atEnd()) button.hidden = true;
  });
  return {
    toEnd,
    /** @param {() => boolean} change tells whether something new came */
    around(change) {
      const wasAtEnd = atEnd();
      const isNew = change();
      if (wasAtEnd) toEnd();
      else if (isNew) button.hidden = false;
    },
  };
}
