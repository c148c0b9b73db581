// Validates a tool's input against its server's JSON Schema before the call is made.

import * as z from 'zod';

export type Check =
  | { kind: 'valid' }
  | { kind: 'invalid'; problems: string }
  /** The schema uses features that are not supported here. The server then has to validate the input itself. */
  | { kind: 'unchecked'; why: string };

export function checkInput(schema: unknown, input: unknown): Check {
  let type: z.ZodType;
  try {
    type = z.fromJSONSchema(withoutPatterns(schema) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    return { kind: 'unchecked', why: error instanceof Error ? error.message : String(error) };
  }
  try {
    const parsed = type.safeParse(input);
    return parsed.success ? { kind: 'valid' } : { kind: 'invalid', problems: z.prettifyError(parsed.error) };
  } catch (error) {
    // A schema that refers to itself without end can be converted, and fails only here.
    return { kind: 'unchecked', why: error instanceof Error ? error.message : String(error) };
  }
}

/** The keywords whose values are data. A `pattern` inside such a value is no keyword. */
const DATA = new Set(['const', 'enum', 'default', 'example', 'examples']);

/** Returns the schema without `pattern`. A foreign regular expression would run on our event loop and might never end. */
function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (typeof schema !== 'object' || schema === null) return schema;
  const open = 'patternProperties' in schema;
  const kept = Object.entries(schema).filter(([key, value]) => {
    if (key === 'pattern') return typeof value !== 'string';
    return key !== 'patternProperties' && !(open && key === 'additionalProperties');
  });
  return Object.fromEntries(kept.map(([key, value]) => [key, DATA.has(key) ? value : withoutPatterns(value)]));
}
