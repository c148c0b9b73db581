// Reads the plain part of YAML that most files use, in a tenth of the time of the whole language, which a start would wait for.

/** `core` reads 3 and true as a number and a boolean, `text` as texts, like the failsafe schema. */
export type Scalars = 'core' | 'text';

type Value = string | number | boolean | Value[] | { [key: string]: Value };

/** Thrown for what this does not read. It says nothing of whether it is YAML. */
const BEYOND = new Error('More than plain YAML.');

const MOST_TOKENS = 1000;
const KEY = /^([A-Za-z][\w-]*):(?: +(.*))?$/;
/** These are values of their own, also as keys. */
const WORDS = /^(?:true|false|null)$/i;
/** Texts that begin with anything else may be a tag, an anchor, a number, or several lines. */
const TEXT = /^[A-Za-z\u00a1-\ud7ff]/;
/** No tabs, marks of byte order or other signs that YAML treats in its own way. */
const SIGNS = /^[\n\x20-\x7e\u00a1-\ud7ff]*$/;

/**
 * Returns the value of a text in plain YAML: maps and lists by indentation, simple ones in brackets, texts and whole numbers on
 * one line, and texts of several lines after `|`. Undefined for anything else: read that with the package.
 */
export function readPlainYaml(text: string, scalars: Scalars): { value: unknown } | undefined {
  if (!SIGNS.test(text)) return undefined;
  try {
    const reader = linesOf(text);
    const value = block(reader, 0, scalars);
    return reader.peek() ? undefined : { value };
  } catch (error) {
    if (error === BEYOND) return undefined;
    throw error;
  }
}

interface Line {
  indent: number;
  /** Without the spaces around it. */
  text: string;
}

interface Lines {
  /** Returns the next line that is neither empty nor a comment. */
  peek(): Line | undefined;
  skip(): void;
  /** Puts a line in the place of the next one. */
  instead(line: Line): void;
  /** Reads the text after `|`, below a line with this indent. */
  literal(parent: number): string;
}

function linesOf(text: string): Lines {
  const lines = text.split('\n');
  let at = 0;
  let put: Line | undefined;
  return {
    peek() {
      if (put) return put;
      while (at < lines.length && /^ *(?:#.*)?$/.test(lines[at] ?? '')) at += 1;
      return at < lines.length ? lineOf(lines[at] ?? '') : undefined;
    },
    skip() {
      put = undefined;
      at += 1;
    },
    instead(line) {
      put = line;
    },
    literal(parent) {
      if (lines.at(-1) !== '') throw BEYOND;
      const from = at;
      const indent = lineOf(lines.slice(from).find((line) => line !== '') ?? '').indent;
      while (at < lines.length && (lines[at] === '' || lineOf(lines[at] ?? '').indent >= indent)) at += 1;
      const ends = at < lines.length ? lineOf(lines[at] ?? '').indent : 0;
      const body = lines.slice(from, at);
      if (indent <= parent || ends > parent || body.some((line) => /^ +$/.test(line))) throw BEYOND;
      const whole = body.map((line) => line.slice(indent)).join('\n');
      return whole.replace(/\n*$/, '\n');
    },
  };
}

function lineOf(line: string): Line {
  const text = line.replace(/^ +/, '');
  return { indent: line.length - text.length, text: text.replace(/ +$/, '') };
}

function block(lines: Lines, indent: number, scalars: Scalars): Value {
  const first = lines.peek();
  if (first?.indent !== indent) throw BEYOND;
  return first.text.startsWith('- ') ? list(lines, indent, scalars) : map(lines, indent, scalars);
}

function list(lines: Lines, indent: number, scalars: Scalars): Value[] {
  const items: Value[] = [];
  for (let line = lines.peek(); line?.indent === indent; line = lines.peek()) {
    const [, gap = '', text = ''] = /^-( +)(.*)$/.exec(line.text) ?? [];
    if (!text) throw BEYOND;
    if (KEY.test(text)) {
      const inner = { indent: indent + 1 + gap.length, text };
      lines.instead(inner);
      items.push(map(lines, inner.indent, scalars));
    } else {
      lines.skip();
      items.push(inline(text, scalars));
    }
  }
  return endedAt(lines, indent, items);
}

function map(lines: Lines, indent: number, scalars: Scalars): { [key: string]: Value } {
  const fields: { [key: string]: Value } = {};
  for (let line = lines.peek(); line?.indent === indent; line = lines.peek()) {
    const [, key = '', rest = ''] = KEY.exec(line.text) ?? [];
    if (!key || WORDS.test(key) || Object.hasOwn(fields, key)) throw BEYOND;
    lines.skip();
    if (rest === '|') fields[key] = lines.literal(indent);
    else if (rest) fields[key] = inline(rest, scalars);
    else {
      const below = lines.peek();
      if (!below || below.indent <= indent) throw BEYOND;
      fields[key] = block(lines, below.indent, scalars);
    }
  }
  return endedAt(lines, indent, fields);
}

/** A deeper line would go on with the value before it. */
function endedAt<T>(lines: Lines, indent: number, value: T): T {
  if ((lines.peek()?.indent ?? 0) > indent) throw BEYOND;
  return value;
}

function inline(text: string, scalars: Scalars): Value {
  if (!/^[[{]/.test(text)) return scalar(text, scalars);
  const parts = text.match(/[[\]{},]|"[^"\\]*"|[A-Za-z][\w-]*:(?= )|[A-Za-z0-9][\w-]*|./g) ?? [];
  const tokens = parts.filter((part) => part !== ' ');
  // Thousands of brackets in each other would not fit on the stack.
  if (tokens.length > MOST_TOKENS) throw BEYOND;
  const value = bracketed(tokens, scalars);
  if (tokens.length) throw BEYOND;
  return value;
}

/** Takes a value from the front of the tokens. Texts in brackets are single words, or quoted. */
function bracketed(tokens: string[], scalars: Scalars): Value {
  const token = tokens.shift() ?? '';
  if (token !== '[' && token !== '{') return scalar(token, scalars);
  const end = token === '[' ? ']' : '}';
  const items: Value[] = [];
  const fields: { [key: string]: Value } = {};
  if (tokens[0] !== end)
    do {
      if (end === ']') items.push(bracketed(tokens, scalars));
      else {
        const [, key = ''] = /^(.+):$/.exec(tokens.shift() ?? '') ?? [];
        if (!KEY.test(`${key}:`) || WORDS.test(key) || Object.hasOwn(fields, key)) throw BEYOND;
        fields[key] = bracketed(tokens, scalars);
      }
    } while (tokens[0] === ',' && tokens.shift());
  if (tokens.shift() !== end) throw BEYOND;
  return end === ']' ? items : fields;
}

function scalar(text: string, scalars: Scalars): Value {
  const quoted = /^"([^"\\]*)"$/.exec(text);
  if (quoted) return quoted[1] ?? '';
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return scalars === 'text' ? text : Number(text);
  if (/^(?:true|false)$/.test(text)) return scalars === 'text' ? text : text === 'true';
  if (!TEXT.test(text) || WORDS.test(text) || /: |:$| #/.test(text)) throw BEYOND;
  return text;
}
