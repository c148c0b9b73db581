// Plain objects for DOM nodes, so that views are pure functions and run outside a browser.

/**
 * @typedef {{ tag: string, attrs: Record<string, string | true>, children: Node[], key?: string } | string} Node
 */

/**
 * Attributes that are undefined or false are left out; children may be nested lists; nothing is ever read as HTML.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} [attrs] `key` names the node among its siblings
 * @param {...unknown} children
 * @returns {Exclude<Node, string>}
 */
export function h(tag, attrs = {}, ...children) {
  const { key, ...rest } = attrs;
  const kept = Object.entries(rest).filter(([, value]) => value !== undefined && value !== false);
  const node = {
    tag,
    attrs: Object.fromEntries(kept.map(([name, value]) => [name, value === true ? true : String(value)])),
    children: children
      .flat(Number.POSITIVE_INFINITY)
      .filter((child) => child !== undefined && child !== false && child !== '')
      .map((child) => (typeof child === 'number' ? String(child) : child)),
  };
  return key === undefined ? node : { ...node, key: String(key) };
}

/** The text of a tree, for labels and announcements. @param {Node} node @returns {string} */
export function textOf(node) {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}
