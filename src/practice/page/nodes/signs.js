// The page's icons as SVG paths, independent of fonts. Strokes on a square of 24.
import { build } from './dom.js';
import { h } from './tree.js';

const SIGNS = {
  hash: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M19 12H5M11 6l-6 6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  check: 'M5 12.5 9.5 17 19 7.5',
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h5l1.5 2.5h3L15 13h5',
  mail: 'M4 6h16v12H4zM4.5 6.5 12 13l7.5-6.5',
  pencil: 'M4 20l1-4.5L16 4.5 19.5 8 8.5 19zM13.5 7 17 10.5',
  thumb:
    'M7.5 11v9h-4v-9zM7.5 11l4-7.5c1.6 0 2.4 1.2 2 2.8L12.7 10H19c1 0 1.6.9 1.4 1.8l-1.6 6.7a2 2 0 0 1-1.9 1.5H7.5',
  clip: 'M19.5 11.5l-7.8 7.6a4.7 4.7 0 0 1-6.6-6.6l8-7.8a3.2 3.2 0 0 1 4.5 4.5l-7.8 7.6a1.6 1.6 0 0 1-2.2-2.2l7-6.9',
  file: 'M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5',
  sheet: 'M4.5 5h15v14h-15zM4.5 10h15M4.5 14.5h15M10 5v14',
  picture: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15 9.3h.02',
  message: 'M4 5h16v11h-8.5L7 20v-4H4z',
  task: 'M4.5 4.5h15v15h-15zM8 12l3 3 5.5-6.5',
  note: 'M6 3.5h12.5v17H6zM9.5 3.5v17M12.5 8h3M12.5 12h3',
  waits: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3.2 2',
  thread: 'M5 6.5h14M5 12h9M5 17.5h12',
  decision: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8 12.2l2.8 2.8L16 9.3',
  learning: 'M9.5 17.5h5M10.5 20.5h3M9.5 17.5c0-1.8-.4-2.5-1.2-3.4a5.6 5.6 0 1 1 7.4 0c-.8.9-1.2 1.6-1.2 3.4',
  // The faces of the app and of the shipped agents.
  skein: 'M6 16.5c4.5 3 12 1.5 12-3s-10.5-2.2-10.5-6 6.8-4.5 10.5-2.2',
  memo: 'M13 4H5v16h12v-7M8 9h3.5M8 13h2.5M12 14.5l.8-2.8 6.2-6.2 2 2-6.2 6.2z',
  telescope: 'M4 13.2l11.7-6.6 2.1 3.6L6 16.8zM15.7 6.6l2.3-1.3 2.6 4.6-2.3 1.3M11 14.3 8 20.5M11.7 14.3l3.8 6.2',
  compass: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM15.6 8.4l-2 5.2-5.2 2 2-5.2z',
};

/** A sign is hidden from screen readers: the text beside it says the same. @param {keyof typeof SIGNS} name */
export const sign = (name) =>
  h(
    'svg',
    { class: 'sign', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: SIGNS[name] }),
  );

/** @param {string} name */
export const isSign = (name) => Object.hasOwn(SIGNS, name);

const BY_ENDING = {
  csv: 'sheet',
  xlsx: 'sheet',
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  gif: 'picture',
  webp: 'picture',
  eml: 'mail',
};

/** @param {string} name of a file */
export const fileSign = (name) => sign(BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'file');

/** Inserts signs into the static HTML. @param {Document} document */
export function hangSigns(document) {
  for (const place of document.querySelectorAll('[data-sign]')) place.append(build(document, sign(place.dataset.sign)));
}
