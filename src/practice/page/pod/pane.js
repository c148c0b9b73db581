// The pod beside the chat: its tabs, its forms, and what is drawn into them.

import { podIn } from '../model.js';
import { show } from '../nodes/dom.js';
import { now } from '../nodes/now.js';
import { h } from '../nodes/tree.js';
import { filesNodes } from './files.js';
import { foundNodes } from './found.js';
import { logNodes } from './log.js';
import { TABS } from './model.js';
import { membersNodes, notebookNodes } from './people.js';
import { isLive, runsNodes } from './runs.js';
import { assigneeOptions, tasksNodes } from './tasks.js';

const TITLES = {
  tasks: 'Tasks',
  runs: 'Runs',
  files: 'Files',
  members: 'Members',
  notebook: 'Notebook',
  log: 'Log',
};
const NODES = {
  tasks: tasksNodes,
  runs: runsNodes,
  files: filesNodes,
  members: membersNodes,
  notebook: notebookNodes,
  log: logNodes,
};

/** @param {Document} document @param {any} model */
export function podPane(document, model) {
  const part = (id) => document.getElementById(id);
  const { pod } = model;

  /** Draws the model. `where.pod`: the tab, undefined if the view is closed. */
  function draw() {
    const tab = model.where.pod;
    const isOpen = tab !== undefined && podIn(model.place()) !== undefined;
    part('pod').hidden = !isOpen;
    document.body.classList.toggle('with-pod', isOpen);
    if (!isOpen) return;
    const none = pod.info === null;
    part('pod-title').textContent = pod.about?.pod.name ?? nameUntilRead(model.place());
    part('pod-about').textContent = none ? 'Not a pod yet' : (pod.about?.pod.purpose ?? '');
    part('pod-none').hidden = !none;
    part('pod-view').hidden = none;
    if (none) show(part('pod-none'), noneNodes(model.place(), pod.fault));
    else drawPod(TABS.includes(tab) ? tab : 'tasks');
  }

  function drawPod(tab) {
    const sought = pod.found !== undefined;
    show(part('pod-tabs'), tabNodes(tab, pod));
    part('pod-panel').setAttribute('aria-labelledby', `tab-${tab}`);
    for (const [id, of] of [
      ['task-form', 'tasks'],
      ['note-form', 'notebook'],
      ['file-form', 'files'],
    ])
      part(id).hidden = sought || tab !== of || pod.info === undefined || (of === 'files' && pod.file !== undefined);
    show(part('task-who'), assigneeOptions(pod));
    part('pod-fault').textContent = pod.fault ?? '';
    show(part('pod-body'), bodyNodes(tab));
  }

  /** Whether the person is to review a task of this pod. */
  function asksOf(number) {
    const about = ({ pod: { id }, task, left }) => id === pod.info?.id && task === `#${number}` && left === undefined;
    const one = (model.waiting.items ?? []).find((item) => about(item) && ['review', 'rounds'].includes(item.why));
    return one && { asks_you: one.why === 'review' ? 'review' : 'decide', turn: one.turn };
  }

  function bodyNodes(tab) {
    if (pod.info === undefined) return [h('p', { class: 'empty' }, 'Reading the pod…')];
    const { info, where } = model;
    const shown = { info, me: where.as, names: model.names(), now: now(), asksOf };
    return pod.found === undefined ? NODES[tab](pod, shown) : foundNodes(pod.found, pod, shown);
  }

  // A scrollable element must be focusable, for the keyboard.
  part('pod-panel').tabIndex = 0;
  /** The arrows walk from tab to tab, as everywhere. */
  part('pod-tabs').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const tabs = [...part('pod-tabs').querySelectorAll('[role=tab]')];
    const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });

  return { draw };
}

/** A mailbox has another name than its pod. */
const nameUntilRead = ({ kind, title }) => (kind === 'mail' ? 'Pod' : title);

function tabNodes(tab, { tasks, runs, about }) {
  // Files and members have none: there is no room for more beside six tabs.
  const counts = {
    tasks: tasks.filter(({ state }) => state === 'open' || state === 'started').length,
    runs: runs.filter(isLive).length,
    notebook: about?.notebook.length,
  };
  return TABS.map((name) =>
    h(
      'button',
      {
        key: name,
        id: `tab-${name}`,
        type: 'button',
        role: 'tab',
        'data-do': 'pod-tab',
        'data-tab': name,
        'aria-selected': String(name === tab),
        'aria-controls': 'pod-panel',
        tabindex: name === tab ? '0' : '-1',
      },
      TITLES[name],
      counts[name] ? h('span', { class: 'count' }, ' ', counts[name] > 99 ? '99+' : counts[name]) : undefined,
    ),
  );
}

/** How a place becomes a pod. */
function noneNodes({ kind, title, person }, fault) {
  if (fault !== undefined) return [h('p', { class: 'empty' }, fault)];
  const lead = h('p', { class: 'lead' }, kind === 'channel' ? `#${title} is not a pod yet.` : 'This is not a pod.');
  if (person !== undefined)
    return [h('div', { class: 'none' }, lead, h('p', {}, 'People speak here among themselves; no agent reads it.'))];
  if (kind === 'dm') return [h('div', { class: 'none' }, lead, h('p', {}, 'It becomes one with your first message.'))];
  return [
    h(
      'div',
      { class: 'none' },
      lead,
      h('p', {}, 'In a pod, people and agents share tasks, files and a notebook, and everything is on its log.'),
      h('p', {}, 'Write ', h('kbd', {}, '/invite @Skein'), ', then ', h('kbd', {}, '/skein pod new'), '. Or:'),
      h('button', { type: 'button', class: 'button primary', 'data-do': 'make-pod' }, `Make #${title} a pod`),
    ),
  ];
}
