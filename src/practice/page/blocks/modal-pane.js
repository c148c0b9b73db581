// Shows the app's open modal in a dialog and gives its answers back.
import { show } from '../nodes/dom.js';
import { modalNodes, valuesOf } from './modal.js';

/** @param {Document} document @param {any} model @param {ReturnType<typeof import('../api.js').driver>} api @param {() => Promise<void>} reread */
export function modalPane(document, model, api, reread) {
  const [dialog, form, body, fault] = ['modal', 'modal-form', 'modal-body', 'modal-error'].map((id) =>
    document.getElementById(id),
  );

  function draw() {
    if (model.view === undefined) {
      fault.textContent = '';
      if (dialog.open) dialog.close();
      return;
    }
    show(body, modalNodes(model.view, model.names(), model.info));
    if (!dialog.open) dialog.showModal();
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = valuesOf(form.querySelectorAll('[data-field]'));
    try {
      const answer = await api.post('submit', { as: model.where.as, viewId: model.view.id, values });
      fault.textContent = '';
      if (answer.kind === 'errors') markErrors(form, answer.errors);
      else await reread();
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  dialog.addEventListener('cancel', async (event) => {
    event.preventDefault();
    await api.post('close', { as: model.where.as, viewId: model.view.id }).catch((error) => {
      fault.textContent = error.message;
    });
  });
  return { draw };
}

/** Shows the errors beside the fields, whose values stay. */
function markErrors(form, errors) {
  for (const line of form.querySelectorAll('.field-error')) line.remove();
  for (const control of form.querySelectorAll('[data-block]')) {
    const said = errors[control.dataset.block];
    control.setAttribute('aria-invalid', String(said !== undefined));
    if (said === undefined) continue;
    const line = form.ownerDocument.createElement('p');
    line.className = 'error field-error';
    line.id = `${control.id}-error`;
    line.setAttribute('role', 'alert');
    line.textContent = said;
    control.setAttribute('aria-describedby', line.id);
    control.after(line);
  }
}
