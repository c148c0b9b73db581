// Nodes -> DOM. Nothing is parsed as HTML. Unchanged DOM nodes stay, so that focus, open menus and typed text survive
// each live update.

const NEVER = new Set(['script', 'iframe', 'object', 'embed', 'style', 'base', 'form', 'link', 'meta']);

const SVG = 'http://www.w3.org/2000/svg';

/** Attributes that only set an initial value, so that the property must be set too. */
const PROPERTIES = new Set(['value', 'selected', 'checked']);

/** The nodes that were drawn last, and their DOM nodes, by container or element. */
const drawn = new WeakMap();

/** What stands in an SVG is SVG. @param {Document} document @param {import('./tree.js').Node} node @param {boolean} [drawn] */
export function build(document, node, drawn = false) {
  if (isText(node)) return document.createTextNode(node);
  if (NEVER.has(node.tag)) throw new TypeError(`A view may not make a <${node.tag}>.`);
  const isDrawn = drawn || node.tag === 'svg';
  const element = isDrawn ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  setAttributes(element, {}, node.attrs);
  if (node.key !== undefined) element.dataset.key = node.key;
  patch(element, node.children);
  return element;
}

/**
 * Shows these nodes in the container, and hands the focus on when the control that had it is gone.
 * @param {Element} container @param {import('./tree.js').Node[]} nodes
 */
export function show(container, nodes) {
  const { activeElement } = container.ownerDocument;
  const within = activeElement !== null && activeElement !== container && container.contains(activeElement);
  const at = within ? controlsOf(container).indexOf(activeElement) : -1;
  patch(container, nodes);
  if (!within || container.contains(container.ownerDocument.activeElement)) return;
  const controls = controlsOf(container);
  const next = controls[Math.min(Math.max(at, 0), controls.length - 1)] ?? container.closest('[tabindex]');
  next?.focus({ preventScroll: true });
}

function patch(parent, nodes) {
  const { ownerDocument: document } = parent;
  const before = drawn.get(parent) ?? [];
  const named = new Map(before.filter(({ node }) => node.key !== undefined).map((one) => [one.node.key, one]));
  const unnamed = before.filter(({ node }) => node.key === undefined);
  const after = nodes.map((node) => {
    const old = node.key === undefined ? unnamed.shift() : named.get(node.key);
    if (old !== undefined && sameKind(old.node, node)) return { node, shown: update(old, node) };
    return { node, shown: build(document, node, parent.namespaceURI === SVG) };
  });
  const kept = new Set(after.map(({ shown }) => shown));
  for (const { shown } of before) if (!kept.has(shown)) shown.remove();
  let cursor = parent.firstChild;
  for (const { shown } of after) {
    // Children that other code has added, such as the error of a field, stay.
    while (cursor !== null && !kept.has(cursor)) cursor = cursor.nextSibling;
    if (cursor === shown) cursor = cursor.nextSibling;
    else parent.insertBefore(shown, cursor);
  }
  drawn.set(parent, after);
}

function update({ node: before, shown }, node) {
  if (isText(node)) {
    if (before !== node) shown.data = node;
    return shown;
  }
  setAttributes(shown, before.attrs, node.attrs);
  patch(shown, node.children);
  return shown;
}

function setAttributes(element, before, attrs) {
  for (const name of Object.keys(before)) if (!Object.hasOwn(attrs, name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attrs)) {
    if (before[name] === value) continue;
    if (name.startsWith('on')) throw new TypeError(`A view may not set ${name}.`);
    element.setAttribute(name, value === true ? '' : value);
    if (PROPERTIES.has(name)) element[name] = value;
  }
}

const isText = (node) => typeof node === 'string';
const sameKind = (a, b) => (isText(a) ? isText(b) : !isText(b) && a.tag === b.tag);
const controlsOf = (element) => [
  ...element.querySelectorAll('button, a[href], select, input, textarea, summary, [tabindex]'),
];
