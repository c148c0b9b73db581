// Everything the page reads again and draws: each thing one reading at a time.
import { once } from './once.js';

const STATUS_AGAIN_MS = 30_000;

/**
 * @param {Window} window
 * @param {ReturnType<typeof import('./model.js').createModel>} model
 * @param {{ drawPlaces: () => void, drawConversation: () => void, drawModal: () => void }} view
 * @param {(act: () => unknown) => Promise<void>} attempt does it, and tells the person when it fails
 */
export function reads(window, model, view, attempt) {
  /** The last ts that was seen, by place. */
  const seen = new Map();
  const timers = new Map();

  async function status(thread) {
    await model.readStatus(thread);
    view.drawConversation();
    window.clearTimeout(timers.get(thread));
    // Slack takes a line away by itself, without telling.
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
    messages: once(async () => {
      await model.readMessages();
      const last = model.here().at(-1);
      if (last !== undefined) seen.set(model.where.place, last.ts);
      view.drawConversation();
    }),
    views: once(async () => {
      await model.readView();
      view.drawModal();
    }),
    dms: once(async () => {
      await model.readUnreadDms(seen);
      view.drawPlaces();
    }),
    /** Another place, or another person: what was known of the last one does not count. */
    leave(person) {
      model.messages = undefined;
      model.statuses.clear();
      for (const timer of timers.values()) window.clearTimeout(timer);
      timers.clear();
      if (!person) return;
      seen.clear();
      model.unread.clear();
    },
  };
}
