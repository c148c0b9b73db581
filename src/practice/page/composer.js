// The box to write in: Enter sends, Shift+Enter makes a new line, a slash at the beginning gives a command.

/** What a text in the box means. @param {string} text @returns {{ kind: 'nothing' } | { kind: 'command' | 'say', text: string }} */
export function meant(text) {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'nothing' };
  return { kind: /^\/[a-z]/.test(trimmed) ? 'command' : 'say', text: trimmed };
}

/**
 * @param {HTMLFormElement} form with a textarea, a file input, and a paragraph for what went wrong
 * @param {{ send: (text: string) => Promise<string | undefined>, upload: (file: File, text: string) => Promise<string | undefined> }} on each may answer with a line to show
 * @param {ReturnType<typeof import('./drafts.js').draftsIn>} drafts
 */
export function composer(form, on, drafts) {
  const box = form.querySelector('textarea');
  const picker = form.querySelector('input[type=file]');
  const line = form.querySelector('.composer-line');
  let place = '';

  const changed = () => {
    box.rows = Math.min(8, box.value.split('\n').length);
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
      line.textContent = error.message;
      line.classList.add('error');
      return false;
    }
  };
  const send = async () => {
    const { value } = box;
    const text = meant(value);
    if (text.kind === 'nothing') return;
    const from = place;
    box.value = '';
    changed();
    const sent = await doing(text.kind === 'command' ? 'Waiting for the answer…' : '', () => on.send(value));
    if (sent) return;
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
    if (line.classList.contains('error')) line.textContent = '';
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  const upload = async (files) => {
    for (const file of files) {
      const text = box.value;
      if (await doing(`Uploading ${file.name}…`, () => on.upload(file, text.trim()))) {
        if (box.value === text) box.value = '';
        changed();
      }
    }
    picker.value = '';
  };
  picker.addEventListener('change', () => void upload([...picker.files]));
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    void upload([...event.dataTransfer.files]);
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
      // Nothing can be sent before it is known who writes, and where.
      box.disabled = false;
      place = next;
      box.value = drafts.of(next);
      box.placeholder = label;
      box.setAttribute('aria-label', label);
      line.textContent = '';
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
