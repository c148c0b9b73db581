// Parses the arguments of a call from the query, urlencoded, JSON or multipart.
import type { Json } from '../given.ts';
import { refuse } from './method.ts';

export async function readBody(contentType: string | undefined, body: Buffer): Promise<Json> {
  const [type = ''] = (contentType ?? '').split(';');
  if (body.length === 0) return {};
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return parseJsonBody(body.toString('utf8'));
    case 'multipart/form-data':
      return readMultipart(contentType ?? '', body);
    default:
      return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  }
}

function parseJsonBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse('invalid_json');
  }
}

async function readMultipart(contentType: string, body: Buffer): Promise<Json> {
  const fields: Json = {};
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    for (const [name, value] of form)
      fields[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
  } catch {
    return refuse('invalid_form_data');
  }
  return fields;
}

/** True if the argument is present and not empty. */
export const has = (args: Json, name: string): boolean =>
  args[name] !== undefined && args[name] !== null && args[name] !== '';

export const textOf = (args: Json, name: string): string => (has(args, name) ? String(args[name]) : '');

export const optionalText = (args: Json, name: string): string | undefined =>
  has(args, name) ? String(args[name]) : undefined;

export const flagOf = (args: Json, name: string): boolean => ['true', '1'].includes(String(args[name]));

/** Returns an integer within its limits. Throws `code` for any other value. */
export function countOf(args: Json, name: string, fallback: number, most: number, code: string): number {
  if (!has(args, name)) return fallback;
  const count = Number(args[name]);
  if (!Number.isInteger(count) || count < 0) refuse(code);
  return Math.min(count === 0 ? fallback : count, most);
}

/** Returns an object or a list, which a form contains as JSON text. Undefined if absent. */
export function jsonOf(args: Json, name: string, code: string): unknown {
  if (!has(args, name)) return undefined;
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return refuse(code, [`[ERROR] ${name} is not valid JSON`]);
  }
}

/** Returns the names in a list or a comma-separated text. */
export function namesOf(args: Json, name: string): string[] {
  const value = args[name];
  const names = Array.isArray(value) ? value.map(String) : textOf(args, name).split(',');
  return names.map((one) => one.trim()).filter((one) => one !== '');
}
