// What the page knows, and how it reads it from the driver. Whoever changes it draws it.
import { namesIn } from './people.js';
import { placesOf } from './places.js';
import { statusLine } from './refresh.js';
import { partOf, rootsOf } from './timeline.js';

/** @param {ReturnType<typeof import('./api.js').driver>} api */
export function createModel(api) {
  const model = {
    /** @type {import('./address.js').Where} */
    where: {},
    info: { team: { name: '' }, users: [], channels: [], agents: [] },
    /** All that is in the conversation, replies too; undefined until it is read. */
    messages: undefined,
    /** Why the conversation cannot be read, as a sentence. */
    fault: undefined,
    /** Per thread: what its working line says, and whether there is something to stop. */
    statuses: new Map(),
    unread: new Set(),
    view: undefined,
    names: () => namesIn(model.info, model.where.as ?? ''),
    places: () => placesOf(model.info, model.where.as ?? ''),
    place: () => model.places().find(({ id }) => id === model.where.place),
    channels: () => new Set(model.info.channels.map(({ id }) => id)),
    /** What belongs to this place: an agent's DM is a part of the app's. */
    here() {
      const all = model.messages ?? [];
      const agent = model.place()?.agent;
      return agent === undefined ? all : partOf(all, agent);
    },

    async readState() {
      model.info = await api.get('state');
    },
    async readMessages() {
      const { as, place } = model.where;
      const isStill = () => as === model.where.as && place === model.where.place;
      try {
        const messages = await api.get('messages', { as, channel: place });
        if (isStill()) Object.assign(model, { messages, fault: undefined });
      } catch (error) {
        if (isStill()) Object.assign(model, { messages: model.messages ?? [], fault: error.message });
      }
    },
    async readStatus(thread) {
      const { as, place } = model.where;
      const told = await api.get('status', { as, channel: place, thread });
      if (place !== model.where.place) return;
      const line = statusLine(told);
      if (line === '') model.statuses.delete(thread);
      else model.statuses.set(thread, { line, canStop: told.session === 'processing' });
    },
    async readView() {
      const views = await api.get('views', { as: model.where.as });
      model.view = views.filter(({ type }) => type === 'modal').at(-1);
    },
    /** Marks the DMs in which something was said after what was seen there. @param {Map<string, string>} seen the last ts by place */
    async readUnreadDms(seen) {
      const { as } = model.where;
      const all = await api.get('messages', { as, channel: 'app' });
      if (as !== model.where.as) return;
      for (const place of model.places().filter(({ kind }) => kind === 'dm')) {
        const last = (place.agent === undefined ? all : partOf(all, place.agent)).at(-1);
        if (last === undefined) continue;
        const isNew = seen.has(place.id) && last.ts > seen.get(place.id) && last.user !== as;
        if (isNew && place.id !== model.where.place) model.unread.add(place.id);
        else seen.set(place.id, last.ts);
      }
    },
    roots: () => rootsOf(model.here()),
  };
  return model;
}
