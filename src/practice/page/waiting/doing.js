// The handlers of the controls with which a person settles what waits for them. Each is an action of the product, done in
// the pod of the item, so it is settled everywhere.
import { droppingWith } from '../pod/dropping.js';

/**
 * @param {{ api: any, model: any, go: (where: object) => void, ask: ReturnType<typeof import('../writing/ask.js').asking>, refresh: () => Promise<void>, document: Document, attempt: (act: () => unknown, control?: object) => Promise<void>, say: (sentence: string) => void }} page
 * @returns {Record<string, (control: HTMLElement) => unknown>}
 */
export function waitingDoing({ api, model, ask, go, refresh, document, attempt, say }) {
  const rowOf = (control) => control.closest('[data-pod]').dataset;
  const questionOf = (control) => control.closest('[data-question]').dataset.question;

  async function act(control, action, input) {
    await api.post('act', { as: model.where.as, pod: rowOf(control).pod, action, input });
    await refresh();
  }
  const ofTask = (control, action) => act(control, action, { task: rowOf(control).task });

  const settle = (control, answer) => act(control, 'settle_traces', { trace: rowOf(control).trace, ...answer });

  async function answer(control, given) {
    const question = questionOf(control);
    await act(control, 'answer_question', { question, ...given });
    say(`Your answer to ${question} is given.`);
  }

  async function write(control) {
    const field = control.closest('.waiting-words').querySelector('input');
    const text = field.value.trim();
    if (text === '') return field.focus();
    await answer(control, { text });
    return undefined;
  }

  async function putOff(control, until) {
    const input = { item: rowOf(control).item, ...(until === undefined ? {} : { until }) };
    await api.post('act', { as: model.where.as, action: 'snooze_item', input });
    await refresh();
  }

  async function putOffUntil(control) {
    const chosen = control.value;
    control.value = '';
    if (chosen === '') return;
    const other = { title: 'Put it off', label: 'Until when: 3pm, Friday 9:15, 2026-12-24', button: 'Put it off' };
    const until = chosen === 'other' ? await ask(other) : chosen;
    if (until) await putOff(control, until);
  }

  async function give(control) {
    const { pod, task } = rowOf(control);
    const { members } = await api.post('act', { as: model.where.as, pod, action: 'read_pod', input: {} });
    const choices = members.map(({ id: value, name: label }) => ({ value, label }));
    const assignee = await ask({ title: `Give ${task} to somebody`, label: 'To whom', choices, button: 'Give it' });
    if (!assignee) return;
    await act(control, 'assign_task', { task, assignee });
    say(`${task} is given to ${choices.find(({ value }) => value === assignee)?.label}.`);
  }

  async function giveBack(control) {
    const { task } = rowOf(control);
    const about = { title: `Give ${task} back to whoever gave it`, label: 'Why', button: 'Give it back' };
    const reason = await ask(about);
    if (reason) await act(control, 'give_back_task', { task, reason });
  }

  async function waitInstead(control) {
    const { task } = rowOf(control);
    const other = await ask({
      title: `${task} waits for another task`,
      label: 'Its number, such as #9',
      button: 'Wait for it',
    });
    if (other) await act(control, 'change_dependencies', { task, add: [other], remove: [control.dataset.lost] });
  }

  async function drop(control) {
    const { task } = rowOf(control);
    const about = { title: `Drop ${task}`, label: 'Why won’t it be done? Who gave it reads this', button: 'Drop it' };
    const reason = await ask(about);
    const number = task.replace('#', '');
    if (reason) await droppingWith(ask, number, (parts) => act(control, 'drop_task', { task, reason, ...parts }));
  }

  document.getElementById('waiting').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target.dataset.words === undefined) return;
    event.preventDefault();
    void attempt(() => write(event.target), event.target);
  });

  return {
    'choose-answer': (control) => answer(control, { choice: control.dataset.choice }),
    'write-answer': write,
    'start-waiting': (control) => ofTask(control, 'start_task'),
    'finish-waiting': (control) => ofTask(control, 'complete_task'),
    'go-on': (control) => act(control, 'repeat_task', { task: rowOf(control).task, go_on: true }),
    'end-repeat': (control) => act(control, 'repeat_task', { task: rowOf(control).task, every: null }),
    'go-on-without': (control) =>
      act(control, 'change_dependencies', { task: rowOf(control).task, remove: [control.dataset.lost] }),
    'wait-instead': waitInstead,
    'drop-waiting': drop,
    'forget-left': (control) => settle(control, { answer: 'forget', only: control.dataset.number }),
    'keep-left': (control) => settle(control, { answer: 'keep' }),
    'put-off': (control) => putOff(control),
    'put-off-until': putOffUntil,
    'give-waiting': give,
    'give-back': giveBack,
    'keep-waiting': (control) =>
      act(control, 'settle_conflict', { file: control.dataset.file, keep: control.dataset.keep }),
    'open-waiting': ({ dataset }) =>
      go({ place: dataset.place, thread: dataset.thread, mail: undefined, tab: undefined }),
  };
}
