// The practice page: joins the address, the model, the panes and the stream of changes.
import { readAddress, writeAddress } from './address.js';
import { driver } from './api.js';
import { asking } from './ask.js';
import { boxes } from './boxes.js';
import { doing } from './doing.js';
import { follow } from './live.js';
import { modalPane } from './modal-pane.js';
import { createModel } from './model.js';
import { panes } from './panes.js';
import { reads } from './reads.js';
import { toRead } from './refresh.js';
import { attempting } from './toast.js';

/** @param {Window & typeof globalThis} window */
function start(window) {
  const { document } = window;
  const part = (id) => document.getElementById(id);
  const api = driver(window.fetch.bind(window));
  const model = createModel(api);
  const attempt = attempting(window, part('alert'));
  const modal = modalPane(document, model, api, () => read.views());
  const view = { ...panes(document, model), drawModal: modal.draw };
  const read = reads(window, model, view, attempt);
  const box = boxes(document, model, api);
  const narrow = window.matchMedia('(max-width: 759px)');

  const pane = (name) => {
    document.body.dataset.pane = name;
    if (name === 'places') part('places').querySelector('[aria-current]')?.focus();
  };
  const go = (change) => {
    const hash = writeAddress({ ...model.where, ...change });
    if (hash === window.location.hash) void attempt(arrive);
    else window.location.hash = hash;
  };

  /** Where the person went: everything that belongs to the place is read anew. */
  async function arrive() {
    const before = model.where;
    const asked = readAddress(window.location.hash);
    const as = model.info.users.some(({ id }) => id === asked.as) ? asked.as : model.info.users[0]?.id;
    model.where = { ...asked, as };
    model.where.place = (model.place() ?? model.places()[0])?.id;
    const { place, thread } = model.where;
    const moved = before.as !== as || before.place !== place;
    if (moved) read.leave(before.as !== as);
    model.unread.delete(place);
    box.move();
    view.drawPlaces();
    view.drawConversation();
    pane(thread === undefined ? 'channel' : 'thread');
    if (before.as === as) focusAfter(before);
    if (moved) await Promise.all([read.messages(), read.views(), read.dms()]);
    if (thread !== undefined) await read.status(thread);
  }

  function focusAfter(before) {
    const { place, thread } = model.where;
    const inThread = thread !== undefined;
    const left = inThread || before.place !== place ? undefined : before.thread;
    const opener = left && part('channel-list').querySelector(`[data-ts="${CSS.escape(left)}"] [data-do="thread"]`);
    if (opener) opener.focus();
    else if (narrow.matches) part(inThread ? 'thread-title' : 'channel-title').focus();
    else (inThread ? box.thread : box.channel).focus();
  }

  function notice(told) {
    const needed = toRead(told, { me: model.where.as, here: model.where.place, channels: model.channels() });
    if (needed.state) void attempt(read.state);
    if (needed.messages) void attempt(read.messages);
    if (needed.views) void attempt(read.views);
    if (needed.dms) void attempt(read.dms);
    if (needed.thread !== undefined) void attempt(() => read.status(needed.thread));
    if (needed.unread === undefined) return;
    model.unread.add(needed.unread);
    view.drawPlaces();
  }

  function connection(connected) {
    part('connection').hidden = connected;
    part('connection').textContent = connected ? '' : 'The connection is lost. This page joins again by itself.';
    if (connected) void attempt(catchUp);
  }

  /** At the start, and after a gap in which changes may have been missed. */
  async function catchUp() {
    await read.state();
    if (model.where.as === undefined) return arrive();
    const { thread } = model.where;
    return Promise.all([read.messages(), read.views(), read.dms(), thread && read.status(thread)]);
  }

  const does = doing({ api, model, ask: asking(document), go, pane, window });
  document.addEventListener('click', (event) => {
    const control = event.target.closest('button[data-do]');
    if (control !== null) void attempt(() => does[control.dataset.do]?.(control));
  });
  document.addEventListener('change', (event) => {
    if (event.target.dataset.do === 'choose') void attempt(() => does.choose(event.target));
  });
  document.addEventListener('keydown', (event) => {
    const inDialog = event.target.closest('dialog') !== null;
    if (event.key === 'Escape' && !inDialog && model.where.thread !== undefined) go({ thread: undefined });
  });
  document.querySelector('[data-skip]').addEventListener('click', (event) => {
    event.preventDefault();
    box.channel.focus();
  });
  part('me').addEventListener('change', (event) => go({ as: event.target.value, thread: undefined }));
  window.addEventListener('hashchange', () => attempt(arrive));
  follow(window, { notice, state: connection });
}

start(window);
