// A small question in a dialog: a text to give, or only a yes.

/** @param {Document} document */
export function asking(document) {
  const part = (name) => document.getElementById(`ask-${name}`);
  const dialog = document.getElementById('ask');
  const [title, label, box, yes] = ['title', 'label', 'box', 'yes'].map(part);
  let answer = () => {};
  const finish = (value) => {
    answer(value);
    answer = () => {};
    if (dialog.open) dialog.close();
  };
  part('form').addEventListener('submit', (event) => {
    event.preventDefault();
    finish(box.value.trim());
  });
  part('no').addEventListener('click', () => finish(undefined));
  dialog.addEventListener('close', () => finish(undefined));
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    finish(box.value.trim());
  });

  /** Without a `label` there is nothing to write. @param {{ title: string, label?: string, value?: string, button: string }} question @returns {Promise<string | undefined>} undefined when cancelled */
  return (question) =>
    new Promise((resolve) => {
      answer = resolve;
      title.textContent = question.title;
      label.textContent = question.label ?? '';
      label.parentElement.hidden = question.label === undefined;
      box.value = question.value ?? '';
      yes.textContent = question.button;
      dialog.showModal();
      (question.label === undefined ? yes : box).focus();
    });
}
