// Parses the part of CSS that affects visibility: declarations, rules with simple selectors, media queries. Pure,
// linear, bounded.

export type Declarations = ReadonlyMap<string, string>;

/** The conditions that a selector sets for one element, as in `div.note#x[lang]`. */
export interface Compound {
  tag?: string;
  id?: string;
  classes: string[];
  attributes: { name: string; sign: string; value: string }[];
}

export interface Rule {
  /** The conditions from the element outwards. `direct`: the next condition is for the element's parent. */
  selector: { compound: Compound; direct: boolean }[];
  specificity: number;
  declarations: Declarations;
}

/** The most characters of style sheets that are read. Real newsletters have a few hundred rules in some 50 kB. */
const CSS_CHARS = 300_000;
const MOST_RULES = 4_000;
const STYLE_CHARS = 10_000;
/** The longest value that is read. Longer values are embedded pictures. */
const VALUE_CHARS = 300;

/**
 * Parses a `style` attribute. Names are in lower case. If a name occurs twice, the last value counts, but `!important`
 * overrides all others.
 */
export function declarationsOf(style: string): Declarations {
  const plain = new Map<string, string>();
  const important = new Map<string, string>();
  for (const one of uncommented(style.slice(0, STYLE_CHARS)).split(';')) {
    const colon = one.indexOf(':');
    if (colon === -1) continue;
    const name = unescaped(one.slice(0, colon)).trim().toLowerCase();
    const value = unescaped(one.slice(colon + 1, colon + 1 + VALUE_CHARS))
      .trim()
      .toLowerCase();
    const bare = value.replace(/\s*!\s*important$/, '');
    if (bare === value) plain.set(name, value);
    else important.set(name, bare);
  }
  for (const [name, value] of important) plain.set(name, value).set(`${name}!`, value);
  return plain;
}

/** Returns the rules that apply on a screen of usual width. `whole`: false if the sheet exceeds the limit. */
export function rulesOf(css: string): { rules: Rule[]; whole: boolean } {
  const rules: Rule[] = [];
  readBlock(uncommented(css.slice(0, CSS_CHARS)).replace(/<!--|-->/g, ' '), 0, rules);
  return { rules: rules.slice(0, MOST_RULES), whole: css.length <= CSS_CHARS && rules.length < MOST_RULES };
}

/** Reads the blocks `prelude { … }` of one level. Returns the position where the level ends. */
function readBlock(css: string, from: number, rules: Rule[] | undefined): number {
  let at = from;
  while (at < css.length && (rules?.length ?? 0) < MOST_RULES) {
    const next = nextOf(css, at);
    if (next === -1) return css.length;
    const prelude = css.slice(at, next).trim();
    if (css[next] === '}') return next + 1;
    if (css[next] === ';') {
      at = next + 1;
    } else if (/^@(?:media|layer|container|supports)\b/i.test(prelude)) {
      const counts = /^@media\b/i.test(prelude) && onScreen(prelude.slice(6));
      at = readBlock(css, next + 1, counts ? rules : undefined);
    } else {
      const end = css.indexOf('}', next);
      const body = css.slice(next + 1, end === -1 ? css.length : end);
      if (!prelude.startsWith('@') && rules) addRules(prelude, body, rules);
      at = end === -1 ? css.length : end + 1;
    }
  }
  return css.length;
}

function nextOf(css: string, from: number): number {
  for (let at = from; at < css.length; at += 1) if (css[at] === '{' || css[at] === '}' || css[at] === ';') return at;
  return -1;
}

const SCREEN_WIDTH = 900;

/** True for `screen`, `all`, and the widths of a desktop window. False for unknown media. */
export function onScreen(media: string): boolean {
  return media.split(',').some((query) =>
    query
      .toLowerCase()
      .split(/\band\b/)
      .map((part) => part.replace(/\bonly\b/, '').trim())
      .every((part) => {
        if (['', 'all', 'screen'].includes(part)) return true;
        const width = /^\(\s*(min|max)-(?:device-)?width\s*:\s*(\d+)px\s*\)$/.exec(part);
        if (!width) return false;
        return width[1] === 'min' ? SCREEN_WIDTH >= Number(width[2]) : SCREEN_WIDTH <= Number(width[2]);
      }),
  );
}

function addRules(prelude: string, body: string, rules: Rule[]): void {
  const declarations = declarationsOf(body);
  if (declarations.size === 0) return;
  for (const text of prelude.slice(0, 5_000).split(',')) {
    const selector = selectorOf(unescaped(text).trim());
    if (!selector) continue;
    const all = selector.map(({ compound }) => compound);
    const count = (of: (one: Compound) => number) => all.reduce((sum, one) => sum + of(one), 0);
    const specificity =
      count(({ id }) => (id ? 1 : 0)) * 10_000 +
      count(({ classes, attributes }) => classes.length + attributes.length) * 100 +
      count(({ tag }) => (tag ? 1 : 0));
    rules.push({ selector, specificity, declarations });
  }
}

const MOST_STEPS = 8;

/** Returns the conditions of a selector. Undefined for an unsupported selector, such as `:hover`. */
function selectorOf(text: string): Rule['selector'] | undefined {
  const steps = text
    .slice(0, 500)
    .replace(/\s*>\s*/g, ' >')
    .split(/\s+/)
    .filter(Boolean)
    .reverse();
  if (steps.length === 0 || steps.length > MOST_STEPS) return undefined;
  const selector: Rule['selector'] = [];
  let direct = false;
  for (const step of steps) {
    const compound = compoundOf(step.replace(/^>/, ''));
    if (!compound) return undefined;
    selector.push({ compound, direct });
    direct = step.startsWith('>');
  }
  return selector;
}

const piece = /([.#]?)([\w\u0080-\uffff-]+)|(\*)|\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*["']?([^"'\]]*)["']?\s*)?\]/gy;

function compoundOf(step: string): Compound | undefined {
  const compound: Compound = { classes: [], attributes: [] };
  let at = 0;
  piece.lastIndex = 0;
  for (let found = piece.exec(step); found; found = piece.exec(step)) {
    const [whole, sign, name = '', any, attribute, compare = '', value = ''] = found;
    if (attribute) compound.attributes.push({ name: attribute.toLowerCase(), sign: compare, value });
    else if (sign === '.') compound.classes.push(name);
    else if (sign === '#') compound.id = name;
    else if (!any) compound.tag = name.toLowerCase();
    at += whole.length;
  }
  return at > 0 && at === step.length ? compound : undefined;
}

function uncommented(css: string): string {
  let out = '';
  for (let from = 0; ; ) {
    const open = css.indexOf('/*', from);
    if (open === -1) return out + css.slice(from);
    out += `${css.slice(from, open)} `;
    const close = css.indexOf('*/', open + 2);
    if (close === -1) return out;
    from = close + 2;
  }
}

/** Decodes CSS escapes, so that `\64 isplay` becomes `display`. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_whole, hex?: string, sign = '') => {
    const code = Number.parseInt(hex ?? '', 16);
    return hex ? String.fromCodePoint(code > 0x10ffff ? 0xfffd : code) : sign;
  });
}
