// The handlers of the pod view's controls: the product's actions, and navigation.
import { base64 } from '../writing/composer.js';
import { droppingWith } from './dropping.js';
import { reviewDoing } from './review-doing.js';
import { runsDoing } from './runs-doing.js';

/**
 * @param {{ api: any, model: any, ask: ReturnType<typeof import('../writing/ask.js').asking>, go: (where: object) => void, draw: () => void, refresh: () => Promise<void>, document: Document, attempt: (act: () => unknown) => Promise<void>, say: (sentence: string) => void }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function podDoing({ api, model, ask, go, draw, refresh, document, attempt, say }) {
  const { pod } = model;
  const part = (id) => document.getElementById(id);
  const taskOf = (control) => control.closest('[data-task]').dataset.task;
  const numberOf = (control) => pod.tasks.find(({ id }) => id === taskOf(control))?.number;

  async function change(action, input) {
    const result = await pod.act(action, input);
    await refresh();
    return result;
  }

  async function openFile({ dataset }) {
    const version = dataset.version === undefined ? {} : { version: Number(dataset.version) };
    pod.file = await pod.act('read_file', { name: dataset.file, ...version });
    pod.found = undefined;
    if (model.where.pod === 'files') draw();
    else go({ pod: 'files' });
    document.querySelector('#file-title')?.focus();
  }

  async function openTask(id) {
    Object.assign(pod, { openTask: id, origin: undefined });
    draw();
    await pod.readOrigin();
    draw();
  }

  async function addFiles(files) {
    // An older file of the same name gets a next version, so all have to be known.
    while (pod.olderFiles !== undefined) await pod.readOlderFiles();
    for (const file of files) {
      const base = pod.files.find(({ name }) => name === file.name)?.version;
      const content = await base64(file);
      await change('put_file', { name: file.name, base64: content, ...(base === undefined ? {} : { base }) });
    }
    part('file-add').value = '';
  }

  async function makePod() {
    const { as, place } = model.where;
    const { members = [] } = model.place();
    const app = model.info.app;
    if (!members.includes(as)) await api.post('invite', { as, channel: place, who: as });
    if (app !== undefined && !members.includes(app.id))
      await api.post('command', { as, channel: place, text: `/invite @${app.name}` });
    await api.post('command', { as, channel: place, text: '/skein pod new' });
    await refresh();
  }

  async function dropTask(control) {
    const task = taskOf(control);
    const number = numberOf(control);
    const about = {
      title: `Drop #${number}`,
      label: 'Why won’t it be done? Who gave it reads this',
      button: 'Drop it',
    };
    const reason = await ask(about);
    if (reason) await droppingWith(ask, number, (parts) => change('drop_task', { task, reason, ...parts }));
  }

  const submitting = (id, act) =>
    part(id).addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(act, event.target);
    });
  submitting('pod-search', async () => {
    await pod.look(part('pod-query').value);
    draw();
  });
  part('pod-query').addEventListener('input', ({ target }) => {
    if (target.value === '') void attempt(() => does['end-search']());
  });
  submitting('task-form', async () => {
    const [title, assignee, due] = ['task-title', 'task-who', 'task-due'].map((id) => part(id).value.trim());
    await change('create_task', { title, ...(assignee ? { assignee } : {}), ...(due ? { due } : {}) });
    cleared(part('task-form'), part('task-title'), title);
  });
  submitting('note-form', async () => {
    const [text, why, kind] = ['note-text', 'note-why', 'note-kind'].map((id) => part(id).value.trim());
    if (kind === 'decision') await change('record_decision', { decision: text, ...(why ? { why } : {}) });
    else await change('record_learning', { learning: text, ...(why ? { context: why } : {}) });
    cleared(part('note-form'), part('note-text'), text);
  });
  part('file-add').addEventListener('change', ({ target }) => void attempt(() => addFiles([...target.files])));

  const does = {
    ...runsDoing({ pod, ask, change, say }),
    ...reviewDoing({ api, model, ask, refresh, say }),
    pod: () => go({ pod: model.where.pod === undefined ? 'tasks' : undefined }),
    'close-pod': () => go({ pod: undefined }),
    'pod-tab': ({ dataset }) => {
      Object.assign(pod, { found: undefined, file: undefined });
      part('pod-query').value = '';
      if (model.where.pod === dataset.tab) draw();
      else go({ pod: dataset.tab });
    },
    'make-pod': makePod,
    'open-task': (control) => openTask(pod.openTask === taskOf(control) ? undefined : taskOf(control)),
    /** @param {string} task its id */
    async 'show-task'(task) {
      pod.found = undefined;
      await openTask(task);
      const row = document.querySelector(`#pod-body [data-task="${CSS.escape(task)}"]`);
      row?.scrollIntoView({ block: 'nearest' });
      row?.querySelector('.row-title')?.focus({ preventScroll: true });
    },
    'without-task': (control) =>
      change('change_dependencies', { task: taskOf(control), remove: [`#${control.dataset.lost}`] }),
    'found-task': ({ dataset }) => {
      pod.found = undefined;
      go({ pod: 'tasks' });
      return openTask(dataset.task);
    },
    'start-task': (control) => change('start_task', { task: taskOf(control) }),
    'complete-task': (control) => change('complete_task', { task: taskOf(control) }),
    'ask-review-task': (control) => change('request_review', { task: taskOf(control) }),
    'drop-task': dropTask,
    'reopen-task': (control) => change('reopen_task', { task: taskOf(control) }),
    'assign-task': (control) => change('assign_task', { task: taskOf(control), assignee: control.value || null }),
    'thread-of': ({ dataset }) =>
      go({
        place: model.place().channel ?? model.where.place,
        thread: dataset.thread,
        mail: undefined,
        tab: undefined,
      }),
    'open-file': openFile,
    'close-file': () => {
      pod.file = undefined;
      draw();
    },
    'keep-file': ({ dataset }) => change('settle_conflict', { file: dataset.file, keep: dataset.keep }),
    async 'older-files'() {
      await pod.readOlderFiles();
      draw();
    },
    'end-search': () => {
      pod.found = undefined;
      part('pod-query').value = '';
      draw();
    },
    async older() {
      await pod.readOlder();
      draw();
    },
  };
  return does;
}

/**
 * Empties a form whose words were taken, for the next ones. Whoever wrote on meanwhile keeps their words, and whoever went to another
 * field stays there.
 * @param {HTMLFormElement} form @param {HTMLInputElement} first its first field @param {string} sent what it had
 */
function cleared(form, first, sent) {
  if (first.value.trim() !== sent) return;
  form.reset();
  const { activeElement: at, body } = form.ownerDocument;
  if (at === null || at === body || form.contains(at)) first.focus();
}
