// A small question in a dialog: a text to give, one of several things to choose, or only a yes.

/** @param {Document} document */
export function asking(document) {
  const part = (name) => document.getElementById(`ask-${name}`);
  const dialog = document.getElementById('ask');
  const [title, quote, label, yes] = ['title', 'quote', 'label', 'yes'].map(part);
  const [box, line, choice] = ['box', 'line', 'choice'].map(part);
  const optionOf = ({ value, label: words }) =>
    Object.assign(document.createElement('option'), { value, textContent: words });
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
   * Without a `label` there is nothing to write; `quote` is what it is about, `long` leaves room for several lines;
   * of `choices` one is chosen.
   * @param {{ title: string, quote?: string, label?: string, value?: string, choices?: { value: string, label: string }[], button: string, long?: boolean, danger?: boolean }} question
   * @returns {Promise<string | undefined>} undefined when cancelled
   */
  return (question) =>
    new Promise((resolve) => {
      answer = resolve;
      field = question.choices ? choice : question.long ? box : line;
      title.textContent = question.title;
      quote.textContent = question.quote ?? '';
      quote.hidden = !question.quote;
      label.textContent = question.label ?? '';
      label.htmlFor = field.id;
      label.parentElement.hidden = question.label === undefined;
      for (const one of [box, line, choice]) one.hidden = one !== field;
      if (question.choices) choice.replaceChildren(...question.choices.map(optionOf));
      else field.value = question.value ?? '';
      yes.textContent = question.button;
      yes.className = question.danger ? 'button danger' : 'button primary';
      dialog.showModal();
      (question.label === undefined ? yes : field).focus();
    });
}
