// The handlers of the controls, by the value of data-do.

import { h, textOf } from './nodes/tree.js';
import { unescaped } from './text/inline.js';
import { mrkdwn } from './text/mrkdwn.js';

/**
 * @param {{ api: ReturnType<typeof import('./api.js').driver>, model: any, ask: ReturnType<typeof import('./writing/ask.js').asking>, go: (where: object) => void, pane: (name: string) => void, limited: () => unknown, window: Window }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function doing({ api, model, ask, go, pane, limited, window }) {
  const at = () => ({ as: model.where.as, channel: model.where.place });
  const tsOf = (control) => control.closest('[data-ts]')?.dataset.ts;
  const messageOf = (control) => model.messages.find(({ ts }) => ts === tsOf(control));
  const target = (control) =>
    control.closest('#modal, #home') === null
      ? { ...at(), ts: tsOf(control) }
      : { as: model.where.as, viewId: (control.closest('#home') === null ? model.view : model.home)?.id };

  const nothingOpen = { thread: undefined, mail: undefined, tab: undefined };
  let kept;
  /** In a DM the pod view opens only on request. Elsewhere it stays as it was. */
  function podAt(id) {
    const kindOf = (place) => model.places().find((one) => one.id === place)?.kind;
    const { place, pod } = model.where;
    if (id === place) return {};
    if (kindOf(id) !== 'dm') {
      const tab = pod ?? kept;
      kept = undefined;
      return { pod: tab };
    }
    kept = pod ?? kept;
    return { pod: undefined };
  }

  return {
    go: ({ dataset }) => go({ ...podAt(dataset.place), place: dataset.place, ...nothingOpen }),
    'app-tab': ({ dataset }) => go({ tab: dataset.tab === 'messages' ? undefined : dataset.tab, thread: undefined }),
    places: () => pane('places'),
    'limit-graph'({ value }) {
      model.board.only = value;
      return limited();
    },
    thread: (control) => go({ thread: messageOf(control)?.thread_ts ?? tsOf(control) }),
    'close-thread': () => go({ thread: undefined }),
    stop: () => api.post('stop', { ...at(), thread: model.where.thread }),
    react: (control) => api.post('react', { ...at(), ts: tsOf(control), name: control.dataset.name }),
    shortcut: (control) => api.post('shortcut', { ...at(), ts: tsOf(control), callbackId: control.dataset.shortcut }),
    async edit(control) {
      const message = messageOf(control);
      const text = await ask({
        title: 'Edit your message',
        label: 'Message',
        value: unescaped(message.text),
        long: true,
        button: 'Save',
      });
      if (text) await api.post('edit', { ...at(), ts: message.ts, text });
    },
    async delete(control) {
      const { ts, text, files } = messageOf(control);
      const quote = textOf(h('p', {}, mrkdwn(text, model.names()))) || files.map(({ name }) => name).join(', ');
      const sure = await ask({ title: 'Delete this message for everybody?', quote, button: 'Delete', danger: true });
      if (sure !== undefined) await api.post('delete', { ...at(), ts });
    },
    async click(control) {
      const { action, value, url, confirm } = control.dataset;
      const danger = control.classList.contains('danger');
      if (confirm !== undefined && (await ask({ title: confirm, button: control.textContent, danger })) === undefined)
        return;
      if (url !== undefined) window.open(url, '_blank', 'noopener');
      await api.post('click', { ...target(control), actionId: action, value });
    },
    async choose(control) {
      if (control.value !== '')
        await api.post('click', { ...target(control), actionId: control.dataset.action, value: control.value });
    },
    join: () => api.post('invite', { ...at(), who: model.where.as }),
    'add-app': () => api.post('invite', { ...at(), who: model.info.app?.name ?? 'Skein' }),
    async 'make-channel'() {
      const name = await ask({
        title: 'New channel',
        label: 'Name, in small letters, such as spring-menu',
        button: 'Make it',
      });
      if (!name) return;
      const { id } = await api.post('channel', { as: model.where.as, name });
      await model.readState();
      go({ place: id, thread: undefined });
    },
    'close-modal': () => api.post('close', { as: model.where.as, viewId: model.view.id }),
  };
}
