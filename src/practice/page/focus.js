// Moves the focus into a view that was opened, or back to the control that opened it.

/** @param {Window} window @param {any} model @param {{ channel: { focus: () => void }, thread: { focus: () => void } }} box */
export function focusing(window, model, box) {
  const { document } = window;
  const part = (id) => document.getElementById(id);
  const oneAtATime = window.matchMedia('(max-width: 759px)');
  const within = (selector) => part('channel-list').querySelector(selector);

  /** @param {import('./address.js').Where} before where the person was */
  function after(before) {
    const { as, place, thread, pod, mail, tab } = model.where;
    // The choice of who I am keeps the focus: somebody may be walking through it.
    if (before.as !== as) return;
    if (before.place !== place) return arrived();
    if (pod !== before.pod) return pod === undefined ? opener() : podOpened(before);
    if (mail !== before.mail || tab !== before.tab) return;
    if (thread === before.thread) return;
    if (thread !== undefined) return oneAtATime.matches ? part('thread-title').focus() : box.thread.focus();
    const root = within(`[data-ts="${CSS.escape(before.thread)}"] [data-do="thread"]`);
    if (root === null) arrived();
    else root.focus();
  }

  function arrived() {
    if (oneAtATime.matches || ['mail', 'waiting'].includes(model.place()?.kind) || model.where.tab !== undefined)
      part('channel-title').focus();
    else box.channel.focus();
  }

  /** From tab to tab the focus stays in the tabs. */
  function podOpened(before) {
    if (before.pod === undefined) part('pod-title').focus();
    else document.querySelector('#pod-tabs [aria-selected=true]')?.focus();
  }

  function opener() {
    const control = document.querySelector('#channel-tools [data-do=pod]');
    if (control?.offsetParent) control.focus();
    else part('channel-title').focus();
  }

  return { after };
}
