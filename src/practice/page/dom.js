// Nodes -> the document. Texts become text nodes; nothing is parsed as HTML, and what did not change stays as it is.

const NEVER = new Set(['script', 'iframe', 'object', 'embed', 'style', 'svg', 'base', 'form', 'link', 'meta']);

/** @param {Document} document @param {import('./tree.js').Node} node */
export function build(document, node) {
  if (typeof node === 'string' || typeof node === 'number') return document.createTextNode(String(node));
  if (NEVER.has(node.tag)) throw new TypeError(`A view may not make a <${node.tag}>.`);
  const element = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attrs)) {
    if (name.startsWith('on')) throw new TypeError(`A view may not set ${name}.`);
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...node.children.map((child) => build(document, child)));
  return element;
}

/**
 * Shows these keyed nodes in the container. An element whose node is the same as before is kept, with its focus and its
 * selection; one that is replaced while it has the focus hands it on to the control at the same place.
 * @param {Element} container @param {(Exclude<import('./tree.js').Node, string>)[]} nodes
 */
export function show(container, nodes) {
  const document = container.ownerDocument;
  const before = new Map([...container.children].map((element) => [element.dataset.key, element]));
  let previous = null;
  for (const node of nodes) {
    const print = JSON.stringify(node);
    const old = before.get(node.key);
    before.delete(node.key);
    const element = old?.print === print ? old : made(document, node, print);
    if (old !== undefined && old !== element) replace(old, element);
    const next = previous === null ? container.firstElementChild : previous.nextElementSibling;
    if (next !== element) container.insertBefore(element, next);
    previous = element;
  }
  for (const gone of before.values()) gone.remove();
}

function made(document, node, print) {
  const element = build(document, node);
  element.dataset.key = node.key;
  element.print = print;
  return element;
}

function replace(old, element) {
  const at = controlsOf(old).indexOf(old.ownerDocument.activeElement);
  old.replaceWith(element);
  if (at === -1) return;
  const controls = controlsOf(element);
  controls[Math.min(at, controls.length - 1)]?.focus({ preventScroll: true });
}

const controlsOf = (element) => [...element.querySelectorAll('button, a, select, input, textarea, [tabindex]')];
