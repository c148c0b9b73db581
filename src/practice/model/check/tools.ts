// Checks the tools of a request: names, and input schemas in JSON Schema 2020-12.

import { invalidRequest } from '../api-error.ts';
import type { Tool } from '../wire.ts';
import { isRecord } from './value.ts';

export const toolName = /^[a-zA-Z0-9_-]{1,128}$/;
const schemaTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

export function checkTools(tools: unknown): readonly Tool[] {
  if (tools === undefined) return [];
  if (!Array.isArray(tools)) throw invalidRequest('tools: Input should be a valid list');
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const at = `tools.${index}.custom`;
    if (!isRecord(tool)) throw invalidRequest(`${at}: Input should be a valid dictionary`);
    if (typeof tool.name !== 'string') throw invalidRequest(`${at}.name: Field required`);
    if (!toolName.test(tool.name)) throw invalidRequest(`${at}.name: String should match pattern '${toolName.source}'`);
    if (names.has(tool.name)) throw invalidRequest('tools: Tool names must be unique.');
    names.add(tool.name);
    if (tool.description !== undefined && typeof tool.description !== 'string') {
      throw invalidRequest(`${at}.description: Input should be a valid string`);
    }
    checkInputSchema(tool.input_schema, `${at}.input_schema`);
  }
  return tools;
}

function checkInputSchema(schema: unknown, at: string): void {
  if (!isRecord(schema)) throw invalidRequest(`${at}: Field required`);
  if (schema.type === undefined) throw invalidRequest(`${at}.type: Field required`);
  if (schema.type !== 'object') throw invalidRequest(`${at}.type: Input should be 'object'`);
  for (const keyword of ['oneOf', 'allOf', 'anyOf']) {
    if (schema[keyword] !== undefined)
      throw invalidRequest(`${at}: input_schema does not support ${keyword} at the top level`);
  }
  if (!isSchema(schema)) {
    throw invalidRequest(`${at}: JSON schema is invalid. It must match JSON Schema draft 2020-12`);
  }
}

/** True if the value is a schema. Checks only the keywords that are often wrong, not all of JSON Schema. */
function isSchema(schema: unknown): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isRecord(schema)) return false;
  const { type, properties, required, items, enum: values, anyOf, oneOf, allOf, additionalProperties, $defs } = schema;
  return (
    (type === undefined || [type].flat().every((each) => schemaTypes.includes(each as string))) &&
    (required === undefined || (Array.isArray(required) && required.every((name) => typeof name === 'string'))) &&
    (values === undefined || Array.isArray(values)) &&
    [properties, $defs].every((map) => map === undefined || (isRecord(map) && Object.values(map).every(isSchema))) &&
    [items, additionalProperties].every((each) => each === undefined || isSchema(each)) &&
    [anyOf, oneOf, allOf].every(
      (each) => each === undefined || (Array.isArray(each) && each.length > 0 && each.every(isSchema)),
    )
  );
}
