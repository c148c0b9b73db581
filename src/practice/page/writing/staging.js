// The files that wait beside a box until the message is sent: picked, pasted or dropped.

import { sizeText } from '../chat/message.js';
import { show } from '../nodes/dom.js';
import { fileSign } from '../nodes/signs.js';
import { h } from '../nodes/tree.js';

/** One message carries no more. */
const MOST = 10;

/**
 * @param {HTMLFormElement} form with a textarea, a file input and a list for what waits
 * @param {(fault: string) => void} say
 */
export function staging(form, say) {
  const picker = form.querySelector('input[type=file]');
  const list = form.querySelector('.staged');
  const box = form.querySelector('textarea');
  /** @type {Map<string, File[]>} by place */
  const all = new Map();
  let place = '';
  const here = () => all.get(place) ?? [];

  function draw() {
    list.hidden = here().length === 0;
    show(list, here().map(chip));
  }

  /** @param {readonly File[]} files */
  function add(files) {
    const room = MOST - here().length;
    if (files.length > room) say(`One message carries ${MOST} files at most.`);
    all.set(place, [...here(), ...files.slice(0, room)]);
    draw();
    box.focus();
  }

  picker.addEventListener('change', () => {
    add([...picker.files]);
    picker.value = '';
  });
  list.addEventListener('click', ({ target }) => {
    const at = target.closest('[data-staged]')?.dataset.staged;
    if (at === undefined) return;
    all.set(
      place,
      here().filter((_, n) => n !== Number(at)),
    );
    draw();
    box.focus();
  });
  box.addEventListener('paste', (event) => {
    const { files, types } = event.clipboardData;
    // Office programs add a picture to copied text. The text is meant.
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    add([...files]);
  });
  const carries = ({ dataTransfer }) => dataTransfer.types.includes('Files');
  form.addEventListener('dragover', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.add('dropping');
  });
  form.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) form.classList.remove('dropping');
  });
  form.addEventListener('drop', (event) => {
    form.classList.remove('dropping');
    if (!carries(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });

  return {
    files: here,
    /** @param {string} next */
    moveTo(next) {
      place = next;
      draw();
    },
    /** Takes what waits in this place, or puts it back there. @param {string} of @param {File[]} [files] */
    set(of, files = []) {
      all.set(of, files);
      draw();
    },
  };
}

const chip = ({ name, size }, n) =>
  h(
    'li',
    { key: `${n} ${name}`, class: 'file' },
    h('span', { class: 'file-name' }, fileSign(name), ' ', name),
    h('span', { class: 'quiet' }, sizeText(size)),
    h('button', { type: 'button', class: 'link', 'data-staged': n, 'aria-label': `Remove ${name}` }, 'Remove'),
  );
