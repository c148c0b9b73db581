// Puts a call into words for the people who are asked about it: what it does, and with what. Pure.
import type { DraftOf } from '../../../errors.ts';
import { head } from '../../../log/well-formed.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { USE_TOOL } from '../../../tools/use-tool.ts';
import type { ToolUse } from '../../sessions/transcript.ts';

const LONGEST_VALUE = 300;
const MOST_FIELDS = 12;

/** Returns one line, such as `Write a file: name “plan.md”, text “# Plan …” (4210 characters)`. */
export function callWords(
  actions: ReadonlyMap<string, Pick<AnyAction, 'title'>>,
  { name, input }: Pick<ToolUse, 'name' | 'input'>,
): string {
  if (name === USE_TOOL && isFields(input) && typeof input.tool === 'string')
    return line(`Call ${plain(input.tool)}`, input.input);
  return line(actions.get(name)?.title ?? `Call ${plain(name)}`, input);
}

/** Returns the line of a call, and below it the difference that it makes, as code: nobody is called by what stands in it. */
export function draftWords(
  actions: ReadonlyMap<string, Pick<AnyAction, 'title'>>,
  { name, input }: Pick<ToolUse, 'name' | 'input'>,
  { fields, difference }: DraftOf,
): string {
  const others = isFields(input) ? Object.entries(input).filter(([field]) => !fields.includes(field)) : [];
  const first = callWords(actions, { name, input: Object.fromEntries(others) });
  return `${first}\n\`\`\`\n${difference.replaceAll('```', '’’’')}\n\`\`\``;
}

/** Returns what a run has at a checkpoint, quoted: nobody is called by what stands in it. */
export function resultWords({ input }: Pick<ToolUse, 'input'>): string {
  const result = isFields(input) && typeof input.result === 'string' ? input.result : '';
  const lines = result.trim().split(/\r?\n/);
  return lines.map((one) => `> ${one}`.trimEnd()).join('\n');
}

function line(what: string, input: unknown): string {
  const fields = isFields(input) ? Object.entries(input) : [];
  const shown = fields.slice(0, MOST_FIELDS).map(([name, value]) => `${plain(name)} ${valueWords(value)}`);
  const more = fields.length > MOST_FIELDS ? [`and ${fields.length - MOST_FIELDS} more`] : [];
  return shown.length ? `${what}: ${[...shown, ...more].join(', ')}` : what;
}

function valueWords(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.map(quoted).join(', ');
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The quotes hold the text together: nobody is called by what stands in them. */
function quoted(text: string): string {
  const flat = plain(text);
  if (flat.length <= LONGEST_VALUE) return `“${flat}”`;
  return `“${head(flat, LONGEST_VALUE)}…” (${text.length} characters)`;
}

function plain(text: string): string {
  return text
    .replace(/[“”„"]/g, '’')
    .replace(/\s+/g, ' ')
    .trim();
}

function isFields(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
