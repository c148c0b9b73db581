// Parses a YAML manifest and reports all of its faults at once: each a sentence with file, field, value and cure.

import * as yaml from 'yaml';
import type * as z from 'zod';

export type ManifestParseResult<T> =
  | { kind: 'valid'; manifest: T }
  /** `written`: the fields as they were written, so that the caller can check them too and report all faults at once. */
  | { kind: 'faulty'; problems: string[]; written: Readonly<Record<string, unknown>> };

/** Returns where a field stands, as `file` or `file:12`, the line of a field that is missing being that of its parent. */
export type Place = (path: readonly PropertyKey[]) => string;

/** In characters. A longer manifest is refused as a mistake. */
const MANIFEST_LIMIT = 64 * 1024;

export function readManifest<S extends z.ZodType>(
  schema: S,
  { file, text }: { file: string; text: string },
): ManifestParseResult<z.output<S>> {
  return readManifestAt(schema, { file, text }, () => file);
}

/** Like `readManifest`, with the line of each fault. `place`: for the faults that the caller finds. */
export function readLinedManifest<S extends z.ZodType>(
  schema: S,
  source: { file: string; text: string },
): { parsed: ManifestParseResult<z.output<S>>; place: Place } {
  const counter = new yaml.LineCounter();
  let document: yaml.Document.Parsed | undefined;
  const place: Place = (path) => {
    document ??= yaml.parseDocument(source.text, { lineCounter: counter });
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.errors.length ? undefined : document.getIn(path.slice(0, depth), true);
      const start = yaml.isNode(node) ? node.range?.[0] : undefined;
      if (start !== undefined) return `${source.file}:${counter.linePos(start).line}`;
    }
    return source.file;
  };
  return { parsed: readManifestAt(schema, source, place), place };
}

function readManifestAt<S extends z.ZodType>(
  schema: S,
  { file, text }: { file: string; text: string },
  place: Place,
): ManifestParseResult<z.output<S>> {
  if (text.length > MANIFEST_LIMIT) {
    return unreadable(`${file}: it has ${text.length} characters, more than ${MANIFEST_LIMIT}. Shorten it.`);
  }
  const read = readYaml(file, text);
  if ('problems' in read) return unreadable(...read.problems);
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable(`${file}: it must be \`field: value\` lines. Take a file beside it as a pattern.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'valid', manifest: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) => faultsOf(place, value, issue));
  return { kind: 'faulty', problems, written: { ...value } };
}

function readYaml(file: string, text: string): { value: unknown } | { problems: string[] } {
  const document = yaml.parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const faults = document.errors.map(
      (error) => `${file}: it is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`,
    );
    return { problems: faults.map((fault) => `${fault} Mind the indentation, and quote values with special signs.`) };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch (error) {
    return { problems: [`${file}: it cannot be unfolded (${String(error)}). Write repeated values out.`] };
  }
}

function unreadable(...problems: string[]): ManifestParseResult<never> {
  return { kind: 'faulty', problems, written: {} };
}

/**
 * Returns a sentence for each fault: what is wrong, and how to fix it. The cure is the `error` of the field's schema; a
 * field without one gets zod's message.
 */
function faultsOf(place: Place, root: unknown, issue: z.core.$ZodIssue): string[] {
  const at = (path: readonly PropertyKey[]) =>
    path.length === 0 ? 'the manifest' : `\`${path.map(String).join('.')}\``;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${place([...issue.path, key])}: ${at([...issue.path, key])} is no known field. Correct its name or remove it.`,
    );
  }
  const found = valueAt(root, issue.path);
  const state = found === undefined ? 'is missing' : `is ${shown(found)}`;
  return [`${place(issue.path)}: ${at(issue.path)} ${state}. ${sentence(issue.message)}`];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], root);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
