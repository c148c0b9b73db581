// The pod's files -> nodes: the list, and one file opened with its versions.

import { sizeText } from '../chat/message.js';
import { fileSign, sign } from '../nodes/signs.js';
import { when } from '../nodes/times.js';
import { h } from '../nodes/tree.js';
import { markdown } from '../text/markdown.js';
import { fileAddress } from './model.js';

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

/** @param {any} pod @param {{ names: any, me: string, now: Date }} shown */
export function filesNodes(pod, shown) {
  if (pod.file !== undefined) return fileNodes(pod, shown);
  if (pod.files.length === 0)
    return [h('p', { class: 'empty' }, 'No file yet. Add one above, or ask an agent to write one.')];
  return [
    h(
      'ul',
      { key: 'files', class: 'rows' },
      pod.files.map((file) => row(file, shown.now)),
    ),
    pod.olderFiles !== undefined &&
      h(
        'button',
        { key: 'older-files', type: 'button', class: 'button small', 'data-do': 'older-files' },
        'Older files',
      ),
  ].filter(Boolean);
}

function row({ id, name, version, size, by, at, conflict }, now) {
  return h(
    'li',
    { key: id, class: 'row' },
    h('span', { class: 'row-sign' }, fileSign(name)),
    h(
      'div',
      { class: 'row-main' },
      h('button', { type: 'button', class: 'row-title', 'data-do': 'open-file', 'data-file': name }, name),
      h(
        'p',
        { class: 'row-facts' },
        h('span', { class: 'fact' }, `version ${version}`),
        h('span', { class: 'fact' }, `${by}, ${when(new Date(at), now)}`),
        h('span', { class: 'fact' }, sizeText(size)),
        conflict && h('span', { class: 'fact late' }, 'two versions'),
      ),
      conflict && keeps(id),
    ),
  );
}

/** Buttons that settle an upload over a newer version: the file then has one newest version again. */
function keeps(file) {
  const keep = (which, label) =>
    h(
      'button',
      { type: 'button', class: 'button small', 'data-do': 'keep-file', 'data-file': file, 'data-keep': which },
      label,
    );
  return h(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Which version is right?' },
    h('span', { class: 'quiet' }, 'Uploaded over a newer version:'),
    keep('upload', 'Keep the upload'),
    keep('newer', 'Keep the newer version'),
    keep('both', 'Keep both'),
  );
}

function fileNodes({ file: opened, files, info }, { names, me, now }) {
  const { file, text, note } = opened;
  const listed = files.find(({ id }) => id === file.id);
  const newest = listed?.version ?? file.version;
  const address = fileAddress(info.id, file.id, me, file.version);
  const versions = Array.from({ length: newest }, (_, n) => newest - n);
  return [
    h(
      'div',
      { key: 'file-head', class: 'file-head' },
      h('button', { type: 'button', class: 'link', 'data-do': 'close-file' }, sign('back'), ' All files'),
      h('h3', { id: 'file-title', tabindex: '-1' }, file.name),
      h('p', { class: 'quiet' }, `Version ${file.version} by ${file.by}, ${when(new Date(file.at), now)}`),
      listed?.conflict && keeps(file.id),
      h(
        'div',
        { class: 'actions' },
        h('a', { class: 'button small', href: address, download: file.name.split('/').at(-1) }, 'Download'),
        newest > 1 &&
          h(
            'div',
            { class: 'versions', role: 'group', 'aria-label': 'Versions' },
            versions.map((n) => versionButton(file, n)),
          ),
      ),
    ),
    h('div', { key: `file-${file.id}-${file.version}`, class: 'file-body' }, content(file, text, address, names)),
    note && h('p', { key: 'file-note', class: 'quiet' }, note),
  ].filter(Boolean);
}

function versionButton(file, n) {
  return h(
    'button',
    {
      type: 'button',
      class: 'chip',
      'data-do': 'open-file',
      'data-file': file.name,
      'data-version': n,
      'aria-pressed': String(n === file.version),
    },
    `v${n}`,
  );
}

function content({ name, mime }, text, address, names) {
  if (SHOWN.test(mime)) return h('img', { src: address, alt: name });
  if (text === undefined) return h('p', { class: 'quiet' }, `This is no text (${mime}). Download it to open it.`);
  return /\.(md|markdown)$/i.test(name)
    ? h('div', { class: 'prose' }, markdown(text, names))
    : h('pre', { tabindex: '0' }, h('code', {}, text));
}
