// The practice page: joins the address, the model, the panes and the stream of changes.
import { readAddress, writeAddress } from './address.js';
import { driver } from './api.js';
import { modalPane } from './blocks/modal-pane.js';
import { VIEWS } from './board/model.js';
import { addressOf, meantBy } from './chat/permalink.js';
import { firstPlace, isOpenTo } from './chat/places.js';
import { isAnswered } from './chat/timeline.js';
import { doing } from './doing.js';
import { focusing } from './focus.js';
import { follow } from './live.js';
import { mailDoing } from './mail/doing.js';
import { mailPane } from './mail/pane.js';
import { createModel } from './model.js';
import { hangSigns } from './nodes/signs.js';
import { notice } from './notice.js';
import { panes } from './panes.js';
import { podDoing } from './pod/doing.js';
import { podPane } from './pod/pane.js';
import { reads } from './reads.js';
import { toRead } from './refresh.js';
import { attempting } from './toast.js';
import { tourPane } from './tour/pane.js';
import { waitingDoing } from './waiting/doing.js';
import { asking } from './writing/ask.js';
import { boxes } from './writing/boxes.js';

/** @param {Window & typeof globalThis} window */
function start(window) {
  const { document } = window;
  const part = (id) => document.getElementById(id);
  hangSigns(document);
  const api = driver(window.fetch.bind(window));
  const model = createModel(api, window.localStorage);
  const { attempt, say } = attempting(window, part('alert'));
  const wide = window.matchMedia('(min-width: 1240px)');

  const pane = (name) => {
    document.body.dataset.pane = name;
    if (name === 'places') part('places').querySelector('[aria-current]')?.focus();
  };
  const go = (change) => {
    // While the page still changes to another person, the address is ahead of it.
    const asked = readAddress(window.location.hash);
    const from = asked.as !== undefined && asked.as !== model.where.as ? asked : model.where;
    const hash = writeAddress({ ...from, ...change });
    if (hash === window.location.hash) void attempt(arrive);
    else window.location.hash = hash;
  };
  const tour = tourPane({ window, model, api, go, write: (text) => box.channel.write(text) });
  const modal = modalPane(document, model, api, () => read.views());
  const pod = podPane(document, model);
  const mail = mailPane(document, model);
  const view = {
    ...panes(document, model),
    drawModal: modal.draw,
    drawPod: pod.draw,
    drawMail: mail.draw,
    drawTour: tour.draw,
  };
  const read = reads(window, model, view, attempt);
  const box = boxes(window, model, api, {
    said(text, ts, thread) {
      tour.said(text, ts, thread);
      if (thread === undefined && isAnswered(model.place(), text, model.info)) go({ thread: ts });
    },
    commanded: tour.commanded,
  });
  const focus = focusing(window, model, box);

  /** Loads everything that belongs to the conversation that was opened. */
  async function arrive() {
    const before = model.where;
    const isFirst = before.as === undefined;
    const as = whoIsMeant();
    if (as !== before.as) await model.readPods(as);
    // The person may have moved on meanwhile.
    if (as !== whoIsMeant() || before !== model.where) return arrive();
    const asked = readAddress(window.location.hash);
    // The pod view is open at a first visit, if there is room for it.
    const podTab = isFirst && window.location.hash === '' && wide.matches ? 'tasks' : asked.pod;
    const { task, ...where } = asked;
    model.where = { ...where, as, pod: podTab };
    model.where.place = (model.place() ?? firstPlace(model.places()))?.id;
    const { place, thread } = model.where;
    const moved = before.as !== as || before.place !== place;
    if (moved) read.leave(before.as !== as);
    model.unread.delete(place);
    box.move();
    model.begun = box.begun(as);
    view.drawPlaces();
    view.drawConversation();
    view.drawPod();
    view.drawMail();
    pane(paneFor(before));
    if (!isFirst) focus.after(before);
    if (moved) {
      const all = [read.messages(), read.views(), read.dms(), read.pod(), read.mail()];
      await Promise.all([...all, before.as !== as && read.waiting()]);
    }
    if (VIEWS.includes(model.where.tab) && (moved || model.where.tab !== before.tab)) await read.board();
    if (task !== undefined) await arriveAt(task);
    if (model.where.tab === 'home') await api.post('home', { as, tab: 'home' });
    if (podTab === 'runs') await read.runs();
    if (thread !== undefined) await read.status(thread);
    view.drawTour();
  }

  /** A link leads to a task: it opens in the pod, and what was asked for is done. */
  async function arriveAt(task) {
    window.history.replaceState(null, '', writeAddress(model.where));
    pane('pod');
    await does['show-task'](task);
  }

  function whoIsMeant() {
    const { as } = readAddress(window.location.hash);
    return model.info.users.some(({ id }) => id === as) ? as : model.info.newcomer;
  }

  /** Another person looks at the same thread, where it is in a channel that they see. */
  function asPerson(as) {
    const { place, thread } = model.where;
    const channel = model.info.channels.find(({ id }) => id === place);
    return { as, mail: undefined, thread: channel !== undefined && isOpenTo(channel, as) ? thread : undefined };
  }

  /** A small screen shows one pane: the one that was opened last. */
  function paneFor(before) {
    const { thread, pod: tab, place } = model.where;
    if (tab !== undefined && tab !== before.pod && before.as !== undefined) return 'pod';
    if (thread !== undefined && (thread !== before.thread || tab === undefined)) return 'thread';
    const stays = tab !== undefined && document.body.dataset.pane === 'pod' && before.place === place;
    return stays ? 'pod' : 'channel';
  }

  function changed(told) {
    // A new visitor loads everything.
    if (model.where.place === undefined) return;
    // All days and times on the page are read from Skein's clock.
    if (told.kind === 'clock-moved') return void attempt(catchUp);
    const { as: me, place: here } = model.where;
    const page = { me, here, channels: model.channels(), pod: model.pod.info?.id, knownPods: model.knownPods() };
    const needed = toRead(told, page);
    for (const what of ['state', 'messages', 'views', 'dms', 'pod', 'pods', 'mail', 'waiting'])
      if (needed[what]) void attempt(read[what]);
    if (needed.pod) void attempt(read.board);
    if (needed.thread !== undefined) void attempt(() => read.status(needed.thread));
    if (needed.thread !== undefined) void attempt(read.runs);
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
    const all = [read.messages(), read.views(), read.dms(), read.pod(), read.pods(), read.mail(), read.waiting()];
    return Promise.all([...all, read.board(), thread && read.status(thread)]);
  }

  const ask = asking(document);
  const does = {
    ...doing({ api, model, ask, go, pane, limited: read.board, window }),
    ...podDoing({ api, model, ask, go, draw: view.drawPod, refresh: read.pod, document, attempt, say }),
    ...mailDoing({ api, model, go, draw: view.drawMail, refresh: read.mail, window, attempt, say, sent: tour.mailed }),
    ...waitingDoing({ api, model, ask, go, refresh: read.waiting, document, attempt, say }),
    ...tour.does,
    ...notice(window),
  };
  document.addEventListener('click', (event) => {
    const meant = meantBy(addressOf(event.target.closest('a[href]')));
    if (meant !== undefined && model.channels().has(meant.place)) {
      event.preventDefault();
      return go({ ...meant, mail: undefined, tab: undefined });
    }
    const control = event.target.closest('button[data-do], a[data-do]');
    // With a modifier key the browser opens the link itself.
    const apart = event.ctrlKey || event.metaKey || event.shiftKey;
    if (control === null || (apart && control.href !== undefined)) return undefined;
    event.preventDefault();
    // The second click of a double click could hit another control that has been drawn there.
    if (event.detail < 2) void attempt(() => does[control.dataset.do]?.(control), control);
    return undefined;
  });
  document.addEventListener('change', (event) => {
    const name = event.target.dataset.do;
    if (name !== undefined) void attempt(() => does[name]?.(event.target));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.target.closest('dialog') !== null) return;
    // In the search field, Escape clears the query.
    if (event.target.id === 'pod-query' && event.target.value !== '') return;
    const inPod = event.target.closest('#pod') !== null;
    if (inPod) go({ pod: undefined });
    else if (model.where.thread !== undefined) go({ thread: undefined });
  });
  document.querySelector('[data-skip]').addEventListener('click', (event) => {
    event.preventDefault();
    box.channel.focus();
  });
  part('me').addEventListener('change', (event) => go(asPerson(event.target.value)));
  window.addEventListener('hashchange', () => attempt(arrive));
  follow(window, { notice: changed, state: connection });
}

start(window);
