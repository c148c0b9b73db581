// A small question in a dialog: a text to give, or only a yes.

/** @param {Document} document */
export function asking(document) {
  const part = (name) => document.getElementById(`ask-${name}`);
  const dialog = document.getElementById('ask');
  const [title, quote, label, box, line, yes] = ['title', 'quote', 'label', 'box', 'line', 'yes'].map(part);
  let answer = () => {};
  let field = box;
  const finish = (value) => {
    answer(value);
    answer = () => {};
    if (dialog.open) dialog.close();
  };
  part('form').addEventListener('submit', (event) => {
    event.preventDefault();
    finish(field.value.trim());
  });
  part('no').addEventListener('click', () => finish(undefined));
  dialog.addEventListener('close', () => finish(undefined));
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    finish(box.value.trim());
  });

  /**
   * Without a `label` there is nothing to write; `quote` is what it is about, `long` leaves room for several lines.
   * @param {{ title: string, quote?: string, label?: string, value?: string, button: string, long?: boolean, danger?: boolean }} question
   * @returns {Promise<string | undefined>} undefined when cancelled
   */
  return (question) =>
    new Promise((resolve) => {
      answer = resolve;
      field = question.long ? box : line;
      title.textContent = question.title;
      quote.textContent = question.quote ?? '';
      quote.hidden = !question.quote;
      label.textContent = question.label ?? '';
      label.htmlFor = field.id;
      label.parentElement.hidden = question.label === undefined;
      for (const one of [box, line]) one.hidden = one !== field;
      field.value = question.value ?? '';
      yes.textContent = question.button;
      yes.className = question.danger ? 'button danger' : 'button primary';
      dialog.showModal();
      (question.label === undefined ? yes : field).focus();
    });
}
