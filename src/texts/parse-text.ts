// Parses a file of templates/texts, and checks its parts and fields. Reports every fault with its correction. Pure.

import * as yaml from 'yaml';
import { z } from 'zod';
import { closest } from '../closest.ts';
import type { Part } from './declare.ts';
import { fieldsIn, looseBraces } from './part.ts';

export interface ParsedText {
  /** The bodies by the names of their parts. Unreadable parts are missing. */
  parts: Map<string, string>;
  /** Sentences that say what is wrong and how to correct it. */
  problems: string[];
}

const front = z.strictObject({
  for: z.string().min(1),
  to: z.string().min(1),
  fields: z.record(z.string(), z.string()).default({}),
});

/** `heads`: false if the head, which documents the fields for people who edit the file, is not checked. */
export function parseText(
  source: string,
  declared: Readonly<Record<string, Part>>,
  { heads = true }: { heads?: boolean } = {},
): ParsedText {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() === '') return { parts: new Map(), problems: ['it is empty. Restore it.'] };
  const [, head, body] = /^---[ \t]*\n(.*?)\n---[ \t]*(?:\n(.*))?$/s.exec(text) ?? [];
  if (head === undefined)
    return {
      parts: new Map(),
      problems: ['it does not begin with `---`, then `for`, `to` and `fields`, then `---`. Restore these lines.'],
    };
  const { parts, problems } = partsOf(body ?? '');
  const known = Object.keys(declared);
  for (const name of parts.keys()) if (!known.includes(name)) problems.push(unknownPart(name, known));
  for (const [name, part] of Object.entries(declared)) problems.push(...faultsOf(name, part, parts.get(name)));
  const fields = [...new Set(Object.values(declared).flatMap((part) => part.fields))];
  return { parts, problems: [...(heads ? faultsOfHead(head, fields) : []), ...problems] };
}

/** Splits the body into its parts. Each part begins with a level-1 heading that contains its name. */
function partsOf(body: string): ParsedText {
  const problems: string[] = [];
  const parts = new Map<string, string>();
  const [before = '', ...pieces] = `\n${body}`.split(/\n# +/);
  if (before.trim())
    problems.push(`“${short(before)}” stands before the first part. Put it below the \`# name\` of one.`);
  for (const piece of pieces) {
    const [heading = '', ...rest] = piece.split('\n');
    const name = heading.trim();
    if (parts.has(name)) problems.push(`it has two parts “# ${short(name)}”. Take one away.`);
    else parts.set(name, rest.join('\n').trim());
  }
  return { parts, problems };
}

function faultsOf(name: string, { fields, lines }: Part, body: string | undefined): string[] {
  const wanted = fields.length ? `, with ${fields.map(written).join(', ')}` : '';
  if (body === undefined) return [`the part “# ${name}” is missing. Add it${wanted}.`];
  if (body === '') return [`the part “# ${name}” is empty. Write below it what Skein is to say${wanted}.`];
  const used = fieldsIn(body);
  return [
    ...(body.includes('\n') && !lines ? [`“# ${name}” must be one line. Join its lines.`] : []),
    ...looseBraces(body).map((found) => `“# ${name}” has braces that make no field: ${found}. ${instead(fields)}`),
    ...used.filter((one) => !fields.includes(one)).map((one) => unknownField(name, one, fields)),
    ...fields.filter((one) => !used.includes(one)).map((one) => `“# ${name}” lacks ${written(one)}. Put it in.`),
  ];
}

function unknownPart(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  const cure = meant ? `Did you mean “# ${meant}”?` : `There are: ${known.map((one) => `“# ${one}”`).join(', ')}.`;
  return `“# ${short(name)}” is no part of this text. ${cure}`;
}

function unknownField(part: string, field: string, known: readonly string[]): string {
  const meant = closest(field, known);
  return `“# ${part}” has no field ${written(field)}. ${meant ? `Did you mean ${written(meant)}?` : instead(known)}`;
}

function instead(fields: readonly string[]): string {
  return fields.length ? `Write ${fields.map(written).join(', ')}.` : 'Take it out: this part has no fields.';
}

const written = (field: string) => `{{${field}}}`;
const short = (text: string) => text.trim().replace(/\s+/g, ' ').slice(0, 40);

/** Checks the head of the file, which documents the fields for people who edit the file. */
function faultsOfHead(head: string, fields: readonly string[]): string[] {
  const found = readYaml(head);
  if ('problem' in found) return [found.problem];
  const read = front.safeParse(found.value);
  if (!read.success)
    return ['its head has to say `for` and `to`, each in words, and `fields` with a line for each field. Mend it.'];
  const documented = Object.keys(read.data.fields);
  return [
    ...documented
      .filter((one) => !fields.includes(one))
      .map((one) => `its head tells of a field \`${one}\` that it does not have. Take that line away.`),
    ...fields
      .filter((one) => !documented.includes(one))
      .map((one) => `its head does not tell of the field \`${one}\`. Add a line for it below \`fields\`.`),
  ];
}

function readYaml(head: string): { value: unknown } | { problem: string } {
  const document = yaml.parseDocument(head);
  const [error] = document.errors;
  if (error)
    return { problem: `its head is not YAML (${error.message.split('\n')[0]?.replace(/:$/, '')}). Mend that line.` };
  if (hasAlias(document)) return { problem: 'its head names one thing by another (`&`, `*`). Write each out.' };
  return { value: document.toJS() };
}

/** True if the document contains YAML aliases. They are refused, because nested aliases expand without bound. */
function hasAlias(document: yaml.Document): boolean {
  let found = false;
  yaml.visit(document, {
    Alias() {
      found = true;
      return yaml.visit.BREAK;
    },
  });
  return found;
}
