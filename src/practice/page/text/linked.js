// Turns the names of the pod's files in a text into links.
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

/** Splits a text so that every second part is a file name. */
function parts(text, found, files) {
  return text
    .split(found)
    .map((part, n) => (n % 2 === 0 ? part : opener(part, files.get(part))))
    .filter((part) => part !== '');
}

/** A click opens the file in the pod view. The address is for opening it in another tab. */
const opener = (name, href) => h('a', { class: 'file-link', href, 'data-do': 'open-file', 'data-file': name }, name);

const quoted = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
