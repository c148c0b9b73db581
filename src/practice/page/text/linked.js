// Names of the pod's files in what is said become links that open them.
import { h } from '../nodes/tree.js';

const LEFT_ALONE = new Set(['a', 'button', 'pre']);

/** @param {import('../nodes/tree.js').Node[]} nodes @param {ReadonlyMap<string, string>} files addresses by name @returns {import('../nodes/tree.js').Node[]} */
export function withFiles(nodes, files) {
  if (files.size === 0) return nodes;
  const longestFirst = [...files.keys()].sort((a, b) => b.length - a.length);
  const found = new RegExp(`(?<![\\w./-])(${longestFirst.map(quoted).join('|')})(?![\\w/-]|\\.\\w)`, 'g');
  return nodes.flatMap((node) => linked(node, found, files));
}

function linked(node, found, files) {
  if (typeof node === 'string') return parts(node, found, files);
  if (typeof node !== 'object' || LEFT_ALONE.has(node.tag)) return [node];
  return [{ ...node, children: node.children.flatMap((child) => linked(child, found, files)) }];
}

/** What stands between the names stays; every second part is a name. */
function parts(text, found, files) {
  return text
    .split(found)
    .map((part, n) => (n % 2 === 0 ? part : opener(part, files.get(part))))
    .filter((part) => part !== '');
}

/** A click opens it in the pod view; the address is there for whoever wants it apart. */
const opener = (name, href) => h('a', { class: 'file-link', href, 'data-do': 'open-file', 'data-file': name }, name);

const quoted = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
