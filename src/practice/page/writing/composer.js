// The box to write in: Enter sends, Shift+Enter makes a new line, a slash at the beginning gives a command.
import { staging } from './staging.js';

/** Parses the text in the box. @param {string} text @returns {{ kind: 'nothing' } | { kind: 'command' | 'say', text: string }} */
export function meant(text) {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'nothing' };
  return { kind: /^\/[a-z]/.test(trimmed) ? 'command' : 'say', text: trimmed };
}

/**
 * @param {HTMLFormElement} form with a textarea, a file input, a list for files, and a paragraph for what went wrong
 * @param {{ send: (text: string, files: File[]) => Promise<string | undefined> }} on may answer with a line to show
 * @param {ReturnType<typeof import('./drafts.js').draftsIn>} drafts
 * @param {(box: HTMLTextAreaElement) => ReturnType<typeof import('./suggesting.js').suggesting>} suggestingFor
 */
export function composer(form, on, drafts, suggestingFor) {
  const box = form.querySelector('textarea');
  const line = form.querySelector('.composer-line');
  const suggestions = suggestingFor(box);
  const fault = (sentence) => {
    line.textContent = sentence;
    line.classList.add('error');
  };
  const staged = staging(form, fault);
  let place = '';

  /** Fits the height to the text. The style sheet sets the maximum. */
  const grow = () => {
    box.style.height = 'auto';
    if (box.scrollHeight > 0) box.style.height = `${box.scrollHeight}px`;
  };
  new ResizeObserver(grow).observe(form);
  const changed = () => {
    grow();
    drafts.keep(place, box.value);
  };
  const doing = async (what, act) => {
    line.textContent = what;
    line.classList.remove('error');
    const from = place;
    try {
      const answer = await act();
      if (from === place) line.textContent = answer ?? '';
      return true;
    } catch (error) {
      fault(error.message);
      return false;
    }
  };
  const send = async () => {
    const { value } = box;
    const files = staged.files();
    const { kind } = meant(value);
    if (kind === 'nothing' && files.length === 0) return;
    if (kind === 'command' && files.length > 0)
      return fault('A command takes no files along. Remove them, or write a message.');
    const from = place;
    box.value = '';
    staged.set(from);
    suggestions.reset();
    changed();
    const waiting = kind === 'command' ? 'Waiting for the answer…' : files.length > 0 ? 'Uploading…' : '';
    if (await doing(waiting, () => on.send(value, files))) return;
    staged.set(from, files);
    if (from !== place) drafts.keep(from, value);
    else if (box.value === '') box.value = value;
    changed();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  box.addEventListener('input', () => {
    changed();
    suggestions.look();
    if (line.classList.contains('error')) line.textContent = '';
  });
  box.addEventListener('keydown', (event) => {
    if (suggestions.key(event)) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });

  return {
    focus: () => box.focus(),
    /** Puts a text into the box, for the person to send. */
    write(text) {
      box.value = text;
      changed();
      box.focus();
    },
    /** Each conversation keeps its own draft. */
    moveTo(next, label) {
      if (next === place) return;
      // Disabled until the author and the conversation are known.
      box.disabled = false;
      place = next;
      box.value = drafts.of(next);
      box.placeholder = label;
      box.setAttribute('aria-label', label);
      line.textContent = '';
      suggestions.reset();
      staged.moveTo(next);
      changed();
    },
  };
}

/** The bytes as base64, as the driver takes them. @param {File} file @returns {Promise<string>} */
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = [];
  for (let at = 0; at < bytes.length; at += 32_768) parts.push(String.fromCharCode(...bytes.subarray(at, at + 32_768)));
  return btoa(parts.join(''));
}
