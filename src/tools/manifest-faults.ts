// Reads a YAML manifest and tells all its faults at once: each a sentence with file, field, value and the cure.

import * as yaml from 'yaml';
import type * as z from 'zod';

export type Reading<T> = { kind: 'valid'; manifest: T } | { kind: 'faulty'; problems: string[] };

/** A manifest is a page of text; more is a mistake. */
const MANIFEST_LIMIT = 64 * 1024;

export function readManifest<S extends z.ZodType>(
  schema: S,
  { file, text }: { file: string; text: string },
): Reading<z.output<S>> {
  if (text.length > MANIFEST_LIMIT) {
    return {
      kind: 'faulty',
      problems: [`${file}: it has ${text.length} characters, more than ${MANIFEST_LIMIT}. Shorten it.`],
    };
  }
  const document = yaml.parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const told = document.errors.map(
      (error) => `${file}: it is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}.`,
    );
    return {
      kind: 'faulty',
      problems: told.map((fault) => `${fault} Mind the indentation, and quote values with special signs.`),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    return {
      kind: 'faulty',
      problems: [`${file}: it cannot be unfolded (${String(error)}). Write repeated values out.`],
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      kind: 'faulty',
      problems: [`${file}: it must be \`field: value\` lines. Take a file beside it as a pattern.`],
    };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'valid', manifest: parsed.data };
  return { kind: 'faulty', problems: parsed.error.issues.flatMap((issue) => faultsOf(file, value, issue)) };
}

/** A field's own `error` text in the schema is its cure; zod's words say what was wrong where there is none. */
function faultsOf(file: string, root: unknown, issue: z.core.$ZodIssue): string[] {
  const at = (path: readonly PropertyKey[]) =>
    path.length === 0 ? 'the manifest' : `\`${path.map(String).join('.')}\``;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${file}: ${at([...issue.path, key])} is no known field. Correct its name or remove it.`,
    );
  }
  const found = valueAt(root, issue.path);
  const state = found === undefined ? 'is missing' : `is ${shown(found)}`;
  return [`${file}: ${at(issue.path)} ${state}. ${sentence(issue.message)}`];
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

/** The known name that was probably meant: at most two letters away. */
export function closest(name: string, known: readonly string[]): string | undefined {
  return known
    .map((candidate) => ({ candidate, distance: distance(name, candidate) }))
    .filter((found) => found.distance <= 2)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
