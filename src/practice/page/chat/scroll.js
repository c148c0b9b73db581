// A list that stays at its end while it or its room changes, unless the person is reading further up.

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
  let last = { isAtEnd: true, top: 0 };
  button.addEventListener('click', toEnd);
  pane.addEventListener('scroll', () => {
    if (pane.clientHeight === 0) return;
    last = { isAtEnd: atEnd(), top: pane.scrollTop };
    if (last.isAtEnd) button.hidden = true;
  });
  // A pane that was not to be seen forgets where it was; one that gets narrower grows in length.
  new ResizeObserver(() => {
    if (pane.clientHeight === 0) return;
    if (last.isAtEnd) toEnd();
    else pane.scrollTop = last.top;
  }).observe(pane);
  return {
    toEnd,
    /** @param {() => 'nothing' | 'mine' | 'theirs'} change tells whose the news is; my own is where I am */
    around(change) {
      const wasAtEnd = atEnd();
      const news = change();
      if (wasAtEnd || news === 'mine') toEnd();
      else if (news === 'theirs') button.hidden = false;
    },
  };
}
