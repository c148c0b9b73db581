// The mailbox in place of the messages: list, mail, and the form to write one.
import { show } from '../nodes/dom.js';
import { now } from '../nodes/now.js';
import { h } from '../nodes/tree.js';
import { listNodes, readNodes } from './nodes.js';

const BOXES = [
  ['came', 'Inbox'],
  ['went', 'Sent'],
];

/** @param {Document} document @param {any} model */
export function mailPane(document, model) {
  const part = (id) => document.getElementById(id);
  const { mail } = model;

  function draw() {
    const place = model.place();
    if (place?.kind !== 'mail') return;
    const box = model.where.tab === 'went' ? 'went' : 'came';
    const known = mail.address === place.mail ? mail[box] : undefined;
    const shown = {
      box,
      here: model.where.mail,
      isNew: mail.isNew,
      info: model.info,
      now: now(),
      names: model.names(),
    };
    const waiting = h('p', { class: 'empty' }, mail.fault ?? 'Reading the mails…');
    show(
      part('mail-boxes'),
      BOXES.map(([name, label]) => boxTab(name, label, box)),
    );
    show(part('mail-list'), known === undefined ? [waiting] : listNodes(known, shown));
    const open = mail.find(model.where.mail);
    const writing = mail.draft !== undefined;
    part('mail').dataset.showing = writing || open !== undefined ? 'mail' : 'list';
    part('mail-form').hidden = !writing;
    part('mail-read').hidden = writing;
    if (writing) drawForm();
    else show(part('mail-read'), readNodes(open, { ...shown, count: known?.length ?? 0 }));
  }

  /** Draws around the fields, whose values belong to the person. */
  function drawForm() {
    const { name, email } = model.me();
    part('mail-form-title').textContent = mail.draft.title;
    part('mail-from').textContent = `${name} <${email}>`;
    show(part('mail-files'), mail.draft.files.map(fileNode));
    const pods = model.info.channels.filter((one) => one.mail !== undefined);
    show(part('mail-pods'), pods.map(podChip));
    const agents = model.info.agents.filter((one) => one.mail !== undefined);
    const known = [
      ...pods.map((one) => one.mail),
      ...agents.map((one) => one.mail),
      ...model.info.users.map((one) => one.email),
    ];
    show(
      part('mail-known'),
      known.filter(Boolean).map((value) => h('option', { key: value, value })),
    );
  }

  return { draw };
}

const boxTab = (name, label, box) =>
  h(
    'button',
    { key: name, type: 'button', 'data-do': 'mail-box', 'data-box': name, 'aria-pressed': String(name === box) },
    label,
  );

const podChip = ({ name, mail }) =>
  h(
    'button',
    { key: mail, type: 'button', class: 'chip', 'data-do': 'to-pod', 'data-address': mail },
    `${name} (${mail})`,
  );

const fileNode = ({ name }, n) =>
  h(
    'li',
    { key: `${n} ${name}`, class: 'file' },
    h('span', {}, name),
    h(
      'button',
      { type: 'button', class: 'link', 'data-do': 'detach', 'data-part': n, 'aria-label': `Take ${name} away` },
      'Remove',
    ),
  );
