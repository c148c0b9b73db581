// The list of suggestions above a box: selected with the arrows, chosen with Enter, Tab or the pointer.
import { show } from '../nodes/dom.js';
import { face } from '../nodes/people.js';
import { sign } from '../nodes/signs.js';
import { h } from '../nodes/tree.js';
import { askedAt, choicesFor, isWhole } from './suggest.js';

/**
 * The pattern is that of a text box with a list beside it (WAI-ARIA 1.2, aria-activedescendant): the focus stays in the box.
 * @param {HTMLTextAreaElement} box @param {HTMLElement} list @param {HTMLElement} announcer said politely @param {any} model
 * @returns {{ key: (event: KeyboardEvent) => boolean, look: () => void, reset: () => void }} `key` tells whether the key was meant for the list
 */
export function suggesting(box, list, announcer, model) {
  let asked;
  let choices = [];
  let active = 0;
  /** The word for which the person closed the list. It stays closed until the next word. */
  let refused;
  for (const [name, value] of [
    ['aria-autocomplete', 'list'],
    ['aria-haspopup', 'listbox'],
    ['aria-controls', list.id],
  ])
    box.setAttribute(name, value);

  const isOpen = () => choices.length > 0;

  function draw() {
    list.hidden = !isOpen();
    show(list, choices.map(option));
    if (isOpen()) {
      box.setAttribute('aria-activedescendant', `${list.id}-${active}`);
      list.children[active]?.scrollIntoView({ block: 'nearest' });
    } else box.removeAttribute('aria-activedescendant');
  }

  const option = ({ id, name, detail, note, face: worn, mark }, n) =>
    h(
      'div',
      { key: id, id: `${list.id}-${n}`, role: 'option', 'aria-selected': String(n === active), 'data-choice': n },
      worn && face({ name, size: 'small', ...worn }),
      mark && sign(mark),
      h('span', { class: 'choice-name' }, name),
      ' ',
      h('span', { class: 'choice-detail' }, detail),
      note && [' ', h('span', { class: 'choice-note' }, note)],
    );

  function look() {
    const now = box.selectionStart === box.selectionEnd ? askedAt(box.value, box.selectionStart) : undefined;
    if (now?.from !== refused) refused = undefined;
    const before = choices;
    asked = now;
    choices = now === undefined || refused !== undefined ? [] : choicesFor(now, model);
    active = 0;
    draw();
    if (isOpen() && before.length !== choices.length)
      announcer.textContent = `${choices.length === 1 ? '1 suggestion' : `${choices.length} suggestions`}, ${choices[0].name} first.`;
  }

  function close() {
    choices = [];
    draw();
  }

  function choose(n) {
    const { insert } = choices[n];
    const after = box.value.slice(asked.to).replace(/^ /, insert.endsWith(' ') ? '' : ' ');
    const caret = asked.from + insert.length;
    box.value = box.value.slice(0, asked.from) + insert + after;
    box.setSelectionRange(caret, caret);
    refused = asked.from;
    close();
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  function step(by) {
    active = (active + by + choices.length) % choices.length;
    draw();
  }

  list.addEventListener('pointerdown', (event) => {
    // The box keeps the focus.
    event.preventDefault();
    const chosen = event.target.closest('[data-choice]');
    if (chosen !== null) choose(Number(chosen.dataset.choice));
  });
  box.addEventListener('blur', close);
  box.addEventListener('click', look);
  box.addEventListener('keyup', ({ key }) => {
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) look();
  });

  return {
    look,
    /** Another text begins. */
    reset() {
      refused = undefined;
      close();
    },
    key(event) {
      if (!isOpen() || event.isComposing) return false;
      switch (event.key) {
        case 'ArrowDown':
          step(1);
          return true;
        case 'ArrowUp':
          step(-1);
          return true;
        case 'Tab':
          if (event.shiftKey) return false;
          choose(active);
          return true;
        case 'Enter':
          // A complete name needs no suggestions.
          if (event.shiftKey || (active === 0 && isWhole(asked, choices))) {
            close();
            return false;
          }
          choose(active);
          return true;
        case 'Escape':
          refused = asked.from;
          close();
          // Escape closes only the list, not the thread around the box.
          event.stopPropagation();
          return true;
        default:
          return false;
      }
    },
  };
}
