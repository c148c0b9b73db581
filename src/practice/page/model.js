// The page's state, and how it is loaded from the driver. Code that changes it must also draw it.

import { createBoardModel } from './board/model.js';
import { placesOf } from './chat/places.js';
import { partOf, rootsOf } from './chat/timeline.js';
import { createWhispers } from './chat/whispers.js';
import { createMailModel } from './mail/model.js';
import { setClock } from './nodes/now.js';
import { namesIn } from './nodes/people.js';
import { createPodModel } from './pod/model.js';
import { statusLine } from './refresh.js';
import { createWaitingModel, WAITING } from './waiting/model.js';

/** @param {ReturnType<typeof import('./api.js').driver>} api @param {Storage} [storage] what outlives a reload */
export function createModel(api, storage) {
  const whispers = createWhispers(storage);
  const model = {
    /** @type {import('./address.js').Where} */
    where: {},
    info: { team: { name: '' }, users: [], channels: [], agents: [] },
    /** All messages of the conversation, replies included. Undefined until they are loaded. */
    messages: undefined,
    /** Why the conversation cannot be read, as a sentence. */
    fault: undefined,
    /** By thread: the status line, and whether there is a run to stop. */
    statuses: new Map(),
    unread: new Set(),
    /** Conversations with a draft. */
    begun: new Set(),
    /** The pods this person is in. */
    pods: [],
    /** The app's open modal, and its Home tab. */
    view: undefined,
    home: undefined,
    pod: createPodModel(api, () => ({ as: model.where.as, ...podIn(model.place()) })),
    mail: createMailModel(api, storage),
    board: createBoardModel(api, () => ({ as: model.where.as, pod: model.pod.info?.id, tab: model.where.tab })),
    waiting: createWaitingModel(api, () => model.where.as),
    names: () => namesIn(model.info, model.where.as ?? '', model.pod.fileAddresses),
    places: () => [WAITING, ...placesOf(model.info, model.where.as ?? '', model.pods)],
    /** The ids of all pods that the page knows. */
    knownPods: () => new Set([...model.info.channels.map(({ pod }) => pod), ...model.pods.map(({ id }) => id)]),
    place: () => model.places().find(({ id }) => id === model.where.place),
    me: () => model.info.users.find(({ id }) => id === model.where.as),
    channels: () => new Set(model.info.channels.map(({ id }) => id)),
    /** The messages of the open conversation. An agent's DM is a part of the app's DM. */
    here() {
      const all = model.messages ?? [];
      const agent = model.place()?.agent;
      return agent === undefined ? all : partOf(all, agent);
    },

    async readState() {
      model.info = await api.get('state');
      setClock(model.info.now);
    },
    async readPods(as = model.where.as) {
      if (as !== undefined) model.pods = await api.get('pods', { as });
    },
    async readMessages() {
      const { as, place } = model.where;
      if (hasNoMessages(place)) return;
      const isStill = () => as === model.where.as && place === model.where.place;
      try {
        const messages = whispers.still(as, await api.get('messages', { as, channel: place }));
        if (isStill()) Object.assign(model, { messages, fault: undefined });
      } catch (error) {
        if (isStill()) Object.assign(model, { messages: model.messages ?? [], fault: error.message });
      }
    },
    async readStatus(thread) {
      const { as, place } = model.where;
      if (hasNoMessages(place)) return;
      const told = await api.get('status', { as, channel: place, thread });
      if (place !== model.where.place) return;
      const line = statusLine(told);
      if (line === '') model.statuses.delete(thread);
      else model.statuses.set(thread, { line, canStop: told.session === 'processing' });
    },
    async readView() {
      const views = await api.get('views', { as: model.where.as });
      model.view = views.filter(({ type }) => type === 'modal').at(-1);
      model.home = views.find(({ type }) => type === 'home');
    },
    /** Marks the DMs in which somebody else said something after what was seen there. @param {ReturnType<typeof import('./chat/seen.js').createSeen>} seen */
    async readUnreadDms(seen) {
      const { as } = model.where;
      const places = model.places().filter(({ kind }) => kind === 'dm');
      const people = places.filter(({ person }) => person !== undefined);
      const [all, ...each] = await Promise.all(
        ['app', ...people.map(({ id }) => id)].map((channel) => api.get('messages', { as, channel })),
      );
      if (as !== model.where.as) return;
      const saidIn = (place) => {
        if (place.person !== undefined) return each[people.indexOf(place)] ?? [];
        return place.agent === undefined ? all : partOf(all, place.agent);
      };
      for (const place of places) {
        const last = saidIn(place).findLast(({ user, bot_id }) => user !== as || bot_id !== undefined);
        if (last === undefined) continue;
        if (place.id !== model.where.place && last.ts > seen.of(as, place.id)) model.unread.add(place.id);
        else seen.until(as, place.id, last.ts);
      }
    },
    roots: () => rootsOf(model.here()),
  };
  return model;
}

/** Nothing is said in what waits, or in a mailbox. @param {string | undefined} place */
const hasNoMessages = (place) => place === undefined || place === WAITING.id || place.startsWith('mail:');

/** The pod to show beside a conversation or a mailbox. A person's mailbox has none. */
export function podIn(place) {
  if (place === undefined || place.kind === 'waiting') return undefined;
  if (place.kind !== 'mail') return { channel: place.id };
  if (place.channel !== undefined) return { channel: place.channel };
  return place.pod === undefined ? undefined : { pod: place.pod };
}
