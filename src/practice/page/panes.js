// Draws the model into the three panes.
import { writeAddress } from './address.js';
import { blockNodes } from './blocks/blocks.js';
import { boardNodes } from './board/board.js';
import { drawingNodes } from './board/drawing.js';
import { VIEWS } from './board/model.js';
import { emptyLine, tabNodes, tabsOf, titleOf, toolsOf } from './chat/chat-tools.js';
import { messageNode } from './chat/message.js';
import { placesNode } from './chat/places.js';
import { scroller } from './chat/scroll.js';
import { replies, threadOf, timeline } from './chat/timeline.js';
import { show } from './nodes/dom.js';
import { now } from './nodes/now.js';
import { h, textOf } from './nodes/tree.js';
import { mrkdwn } from './text/mrkdwn.js';
import { waitingNodes } from './waiting/nodes.js';

/** @param {Document} document @param {ReturnType<typeof import('./model.js').createModel>} model */
export function panes(document, model) {
  const part = (id) => document.getElementById(id);
  const channel = paneOf(part, 'channel');
  const thread = paneOf(part, 'thread');
  let drawn = '';
  let announced = '';

  function drawPlaces() {
    part('team').textContent = model.info.team.name || 'Practice workspace';
    const people = model.info.users.map(({ id, name }) => h('option', { key: id, value: id }, name));
    show(part('me'), people);
    part('me').value = model.where.as ?? '';
    const { place = '' } = model.where;
    show(part('places'), placesNode(model.places(), place, model.unread, model.begun, model.waiting.count()));
  }

  function drawConversation() {
    const { as, place: id, thread: open } = model.where;
    const place = model.place();
    const here = `${as} ${id} ${open ?? ''}`;
    const moved = here !== drawn;
    part('channel-title').textContent = place === undefined ? 'Nothing chosen' : titleOf(place);
    part('channel-about').textContent = place?.about ?? '';
    document.title = `${place === undefined ? 'Skein' : titleOf(place)} · ${model.info.team.name} (practice)`;
    show(part('channel-tools'), place === undefined ? [] : toolsOf(place, model.info, model.where));
    drawKind(place);
    const all = model.here();
    const context = { names: model.names(), info: model.info, inThread: false };
    const counted = replies(all, as);
    const isFresh = moved && !drawn.startsWith(`${as} ${id} `);
    channel.draw(model.roots(), emptyLine(model, place), isFresh, as, (message) => ({
      ...context,
      replies: counted.get(message.ts),
      working: model.statuses.get(message.ts)?.line,
    }));
    drawThread(all, context, moved);
    announce(all, moved);
    drawn = here;
  }

  // A scrollable element must be focusable, for the keyboard.
  for (const id of ['home', 'waiting', 'board']) part(id).tabIndex = 0;

  /** The pane shows a mailbox, the app's Home, what waits for the person, the tasks of a pod, or messages. */
  function drawKind(place) {
    const tabs = tabsOf(place, model.pod.info?.id !== undefined);
    const view = VIEWS.find((name) => name === model.where.tab && tabs.some(([tab]) => tab === name));
    const isMail = place?.kind === 'mail' && view === undefined;
    const isHome = place?.id === 'app' && model.where.tab === 'home';
    const isWaiting = place?.kind === 'waiting';
    const isOther = isMail || isHome || isWaiting || view !== undefined;
    part('mail').hidden = !isMail;
    part('home').hidden = !isHome;
    part('waiting').hidden = !isWaiting;
    part('board').hidden = view === undefined;
    part('app-tabs').hidden = tabs.length === 0;
    for (const id of ['channel-scroll', 'channel-form']) part(id).hidden = isOther;
    if (isOther) part('channel-new').hidden = true;
    if (isWaiting) drawWaiting();
    if (view !== undefined) drawBoard(view);
    show(part('app-tabs'), tabNodes(tabs, model.where.tab));
    if (!isHome) return;
    const { home } = model;
    const nothing = h('p', { class: 'empty' }, 'The app shows its Home in a moment…');
    const head = h('h3', { class: 'visually-hidden' }, 'App Home');
    const shown = home === undefined ? [nothing] : blockNodes(home.blocks, model.names(), model.info);
    show(part('home'), [head, ...shown]);
  }

  function drawWaiting() {
    const { info, pods } = model;
    show(part('waiting'), waitingNodes(model.waiting, { names: model.names(), info, pods, now: now() }));
  }

  function drawBoard(view) {
    const { where, info } = model;
    const linkTo = (task) => writeAddress({ ...where, pod: 'tasks', task });
    const shown = { info, now: now(), linkTo, list: writeAddress({ ...where, pod: 'tasks', tab: undefined }) };
    const nodes = view === 'board' ? boardNodes(model.board, shown) : drawingNodes(model.board, shown);
    const head = h('h3', { key: 'head', class: 'visually-hidden' }, view === 'board' ? 'Board' : 'Graph');
    show(part('board'), [head, ...nodes]);
  }

  function drawThread(all, context, moved) {
    const { thread: open } = model.where;
    part('thread').hidden = open === undefined;
    document.body.classList.toggle('with-thread', open !== undefined);
    if (open === undefined) return;
    const messages = threadOf(all, open);
    const status = model.statuses.get(open);
    const gone = messages.length === 0 && model.messages !== undefined;
    part('thread-about').textContent =
      messages.length === 0 ? '' : `${titleOf(model.place())} · started by ${messages[0].username}`;
    thread.draw(messages, gone ? 'This thread is not here any more.' : '', moved, model.where.as, () => ({
      ...context,
      inThread: true,
    }));
    setText(part('thread-status'), status?.line ?? '');
    part('thread-stop').hidden = !status?.canStop;
  }

  /** Announces new messages of others to a screen reader. */
  function announce(all, moved) {
    const last = all.at(-1)?.ts ?? '';
    const news =
      moved || announced === ''
        ? []
        : all.filter(({ ts, user, bot_id }) => ts > announced && (user !== model.where.as || bot_id !== undefined));
    announced = last;
    if (news.length === 0) return;
    const names = model.names();
    part('announcer').textContent = news
      .slice(-3)
      .map(({ username, text }) => `${username}: ${textOf(h('p', {}, mrkdwn(text, names))).slice(0, 200)}`)
      .join('. ');
  }

  return { drawPlaces, drawConversation };
}

function paneOf(part, name) {
  const list = part(`${name}-list`);
  const scroll = scroller(part(`${name}-scroll`), part(`${name}-new`));
  let last = '';
  return {
    /** @param {any[]} messages @param {string} empty what to say instead of nothing @param {boolean} fresh another conversation than before */
    draw(messages, empty, fresh, me, contextOf) {
      const nodes = timeline(messages, now()).map((item) =>
        item.kind === 'day'
          ? h('li', { key: item.key, class: 'day' }, h('span', {}, item.label))
          : messageNode(item.message, { ...contextOf(item.message), joined: item.joined }),
      );
      const newest = messages.at(-1);
      scroll.around(() => {
        show(list, nodes);
        if (newest === undefined || newest.ts <= last) return 'nothing';
        return newest.user === me && newest.bot_id === undefined ? 'mine' : 'theirs';
      });
      last = newest?.ts ?? '';
      if (fresh) scroll.toEnd();
      part(`${name}-empty`).hidden = empty === '';
      setText(part(`${name}-empty`), empty);
    },
  };
}

/** A live region is read out at each write, so it is written only when the text changes. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
