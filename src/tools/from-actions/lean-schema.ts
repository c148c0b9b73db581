// Takes out of a JSON schema what only costs tokens in every request of a session. The action itself still checks its
// input against all of it. Pure.

/** A longer text does not fit into one answer of a model, so such a limit tells it nothing. */
const LONGEST_TOLD = 10_000;

/** The keywords whose values are data, or names of fields. */
const DATA = new Set(['const', 'enum', 'default', 'examples']);

export function leanSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(leanSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const told = Object.entries(schema).filter(([keyword, value]) => !isNoise(schema, keyword, value));
  return Object.fromEntries(
    told.map(([keyword, value]) => {
      if (DATA.has(keyword)) return [keyword, value];
      return [keyword, keyword === 'properties' ? fieldsOf(value) : leanSchema(value)];
    }),
  );
}

/** A field may have the name of a keyword, so the names are not looked at. */
function fieldsOf(properties: unknown): object {
  const fields = Object.entries(properties as Record<string, unknown>);
  return Object.fromEntries(fields.map(([name, schema]) => [name, leanSchema(schema)]));
}

function isNoise(schema: object, keyword: string, value: unknown): boolean {
  switch (keyword) {
    case 'minLength':
      return value === 1;
    case 'maxLength':
      return Number(value) > LONGEST_TOLD;
    case 'minimum':
    case 'maximum':
      return Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
    case 'pattern':
      // The pattern of a format repeats it, in 200 characters for a day.
      return 'format' in schema;
    case 'propertyNames':
      return true;
    default:
      return false;
  }
}
