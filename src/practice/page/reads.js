// Reloads and draws the parts of the page, each part one request at a time.

import { createSeen } from './chat/seen.js';
import { once } from './once.js';

const STATUS_AGAIN_MS = 30_000;

/**
 * @param {Window} window
 * @param {ReturnType<typeof import('./model.js').createModel>} model
 * @param {Record<'drawPlaces' | 'drawConversation' | 'drawModal' | 'drawPod' | 'drawMail' | 'drawTour', () => void>} view
 * @param {(act: () => unknown) => Promise<void>} attempt does it, and tells the person when it fails
 */
export function reads(window, model, view, attempt) {
  const seen = createSeen(window.localStorage);
  const timers = new Map();

  async function status(thread) {
    await model.readStatus(thread);
    view.drawConversation();
    window.clearTimeout(timers.get(thread));
    // Slack clears a status line after a while without an event.
    if (model.statuses.has(thread)) {
      const again = () => attempt(() => status(thread));
      timers.set(thread, window.setTimeout(again, STATUS_AGAIN_MS));
    }
  }

  return {
    status,
    state: once(async () => {
      await model.readState();
      view.drawPlaces();
    }),
    pods: once(async () => {
      await model.readPods();
      view.drawPlaces();
    }),
    messages: once(async () => {
      await model.readMessages();
      const last = model.here().at(-1);
      if (last !== undefined) seen.until(model.where.as, model.where.place, last.ts);
      view.drawConversation();
      view.drawTour();
    }),
    views: once(async () => {
      await model.readView();
      view.drawModal();
      view.drawConversation();
    }),
    dms: once(async () => {
      await model.readUnreadDms(seen);
      view.drawPlaces();
    }),
    pod: once(async () => {
      await model.pod.read();
      view.drawPod();
      // File names in messages are links to the files.
      view.drawConversation();
      view.drawTour();
    }),
    /** Read only while it is looked at. */
    board: once(async () => {
      await model.board.read();
      view.drawConversation();
    }),
    /** Nobody looks at the runs in another tab: they are read when it is opened. */
    runs: once(async () => {
      if (model.where.pod !== 'runs') return;
      await model.pod.readRuns();
      view.drawPod();
    }),
    waiting: once(async () => {
      await model.waiting.read();
      view.drawPlaces();
      view.drawConversation();
      // A task that the person is to review has buttons in the pod, too.
      view.drawPod();
    }),
    mail: once(async () => {
      await model.mail.read(model);
      view.drawMail();
      view.drawPlaces();
      view.drawTour();
    }),
    /** Resets the state when the conversation or the person changes. */
    leave(person) {
      model.messages = undefined;
      model.statuses.clear();
      model.pod.forget();
      model.board.forget();
      for (const timer of timers.values()) window.clearTimeout(timer);
      timers.clear();
      if (!person) return;
      model.unread.clear();
      model.home = undefined;
      model.waiting.forget();
    },
  };
}
