// Loads the page's scripts, which are plain JavaScript, and declares their types.

export type Node = { tag: string; attrs: Record<string, string | true>; children: Node[]; key?: string } | string;

// biome-ignore lint/suspicious/noExplicitAny: the scripts of the page have no types that TypeScript reads
export const load = (name: string): Promise<any> =>
  import(new URL(`../../../src/practice/page/${name}`, import.meta.url).href);

export const info = {
  users: [
    { id: 'U0ADA', name: 'Ada Lindqvist' },
    { id: 'U0BEN', name: 'Ben Okafor' },
  ],
  channels: [{ id: 'C0LAUNCH', name: 'launch', private: false }],
  agents: [{ handle: 'scribe', name: 'Scribe' }],
};

/** The tree as short text: `strong(text)`, attributes left out but for href. */
export function short(node: Node | Node[]): string {
  if (Array.isArray(node)) return node.map(short).join('');
  if (typeof node === 'string') return node;
  const href = node.attrs.href === undefined ? '' : `:${node.attrs.href}`;
  const shown = node.attrs.class === 'mention' || node.attrs.class === 'mention mention-me' ? 'chip' : node.tag;
  return `${shown}${href}(${node.children.map(short).join('')})`;
}

/** Every element of the tree. */
export function elements(node: Node | Node[]): Exclude<Node, string>[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  return typeof node === 'string' ? [] : [node, ...elements(node.children)];
}

export function textIn(node: Node | Node[]): string {
  if (Array.isArray(node)) return node.map(textIn).join('');
  return typeof node === 'string' ? node : textIn(node.children);
}
