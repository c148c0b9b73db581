// The fields in the words of a step: `{{about}}` is what the workflow is started for, `{{build}}` the number of the task of
// the step `build`. Pure.

const FIELD = /\{\{ ?([a-z][a-z0-9-]*) ?\}\}/g;
/** The words at the start, as a field. No step has this id. */
export const ABOUT = 'about';

/** Returns the names of the fields, each once. */
export function fieldsIn(text: string): string[] {
  return [...new Set([...text.matchAll(FIELD)].map(([, name = '']) => name))];
}

/** Fills all fields in one pass, so that the words of people are never read as fields. An unknown field stays. */
export function filledIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(FIELD, (field, name: string) => values.get(name) ?? field);
}
