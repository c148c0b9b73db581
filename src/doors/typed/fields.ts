// Derives the flags of a command from an action's input schema, and builds the input from the flags that a person gave.
// Pure.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import type { AnyAction } from '../../pods/action.ts';
import { comingDay } from '../../pods/spoken-day.ts';
import { TASKS_INPUT } from '../../pods/tasks/task-words.ts';
import { type Flag, type Given, textOf } from './flags.ts';

export interface Field {
  /** The field's name in the schema, as `default_agent`. */
  name: string;
  kind: 'text' | 'number' | 'switch' | 'texts' | 'json';
  /** The form of the value, as the help shows it. */
  shape: string;
  nullable: boolean;
  required: boolean;
  about: string;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** Set if its text is a day, YYYY-MM-DD. */
  day?: true;
  /** The most characters of its text. */
  most?: number;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  format?: string;
  maxLength?: number;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  default?: unknown;
}

export function fieldsOf(definition: Pick<AnyAction, 'input'>): Field[] {
  const schema = z.toJSONSchema(definition.input, { io: 'input' }) as Schema;
  return Object.entries(schema.properties ?? {}).map(([name, of]) => fieldOf(name, of, schema.required ?? []));
}

function fieldOf(name: string, of: Schema, required: readonly string[]): Field {
  const choices = of.anyOf ?? [of];
  const [inner = of] = choices.filter(({ type }) => type !== 'null');
  const { kind, shape } = kindOf(inner);
  const about = [of.description ?? inner.description, ...defaultOf(of.default)].filter(Boolean).join('; ');
  const nullable = inner !== of && choices.length > 1;
  return { name, kind, shape, nullable, required: required.includes(name), about, ...textFacts(inner) };
}

function textFacts({ type, enum: choices, format, maxLength }: Schema): Pick<Field, 'choices' | 'day' | 'most'> {
  if (type !== 'string') return {};
  return {
    ...(choices ? { choices: choices.map(String) } : {}),
    ...(format === 'date' ? { day: true } : {}),
    ...(maxLength === undefined ? {} : { most: maxLength }),
  };
}

function kindOf({ type, enum: choices, items }: Schema): Pick<Field, 'kind' | 'shape'> {
  if (type === 'string') return { kind: 'text', shape: choices ? choices.join('|') : '<text>' };
  if (type === 'integer' || type === 'number') return { kind: 'number', shape: '<number>' };
  if (type === 'boolean') return { kind: 'switch', shape: '' };
  if (type === 'array' && items?.type === 'string') return { kind: 'texts', shape: '<text> …' };
  return { kind: 'json', shape: "'<json>'" };
}

function defaultOf(value: unknown): string[] {
  const said = value === undefined || value === '' || value === false || (Array.isArray(value) && !value.length);
  return said ? [] : [`${typeof value === 'string' ? value : JSON.stringify(value)} when absent`];
}

export function flagName(field: Pick<Field, 'name'>): string {
  return field.name.replaceAll('_', '-');
}

export function flagsOf(fields: readonly Field[]): Flag[] {
  return fields.map((field) => ({
    name: flagName(field),
    takes: field.kind === 'switch' ? 'nothing' : field.kind === 'texts' ? 'texts' : 'text',
    ...(field.nullable || field.kind === 'switch' || field.kind === 'texts' ? { no: true } : {}),
  }));
}

/** Takes the words without a flag as the one field that the action needs: “create_task Buy flour”. */
export function takeLoose(fields: readonly Field[], given: Given): void {
  const [only, ...others] = fields.filter(({ required }) => required);
  if (!given.rest.length || !only || others.length || only.kind !== 'text' || only.choices) return;
  if (given.flags.has(flagName(only))) return;
  given.flags.set(flagName(only), [given.rest.splice(0).join(' ')]);
}

/**
 * Returns the flag whose value is `-`, which means standard input. @throws InvalidInput if there are several, because
 * standard input can be read only once
 */
export function wantsStdin(fields: readonly Field[], given: Given): string | undefined {
  const texts = fields.filter(({ kind }) => kind === 'text').map(flagName);
  const wanting = [...texts, 'input'].filter((name) => textOf(given, name) === '-');
  if (wanting.length > 1)
    throw new InvalidInput(
      `Standard input can be read once, and ${wanting.map((name) => `--${name}`).join(' and ')} both ask for it.`,
    );
  return wanting[0];
}

/**
 * Merges the JSON of `--input` with the flags of the fields, which take precedence. Checks only shapes: the action's
 * schema is checked once, on the server. `today`, YYYY-MM-DD: the day by which “friday” and “tomorrow” are read.
 * @throws InvalidInput for a value that can't be read
 */
export function inputOf(fields: readonly Field[], given: Given, today: string): Record<string, unknown> {
  const whole = textOf(given, 'input');
  const own = fields.flatMap((field): [string, unknown][] => {
    const said = given.flags.get(flagName(field));
    return said === undefined ? [] : [[field.name, valueIn(field, said, today)]];
  });
  return { ...(whole === undefined ? {} : objectIn(whole)), ...Object.fromEntries(own) };
}

function valueIn(field: Field, said: readonly string[] | boolean, today: string): unknown {
  if (field.kind === 'switch') return said;
  if (typeof said === 'boolean') return field.kind === 'texts' ? [] : null;
  const [text = ''] = said;
  if (field.nullable && text === 'null') return null;
  switch (field.kind) {
    case 'text':
      return field.day ? dayIn(field, text, today) : text;
    case 'texts':
      return field.about.startsWith(TASKS_INPUT) ? said.flatMap(numbersIn) : said;
    case 'number':
      return numberIn(field, text);
    case 'json':
      return jsonIn(`--${flagName(field)}`, text);
    default:
      field.kind satisfies never;
      return text;
  }
}

/** “#1,#2” names two tasks. */
function numbersIn(text: string): string[] {
  const numbers = text.split(',').map((each) => each.trim());
  return numbers.every((each) => /^#\d+$/.test(each)) ? numbers : [text];
}

/** Any other text goes on as it is: the action says what it takes. */
function dayIn(field: Field, text: string, today: string): string {
  if (/^\d{4}-/.test(text)) return text;
  const spoken = comingDay(text, today);
  if (spoken?.also)
    throw new InvalidInput(`--${flagName(field)}: “${text}” may be ${spoken.day} or ${spoken.also}. Write which.`);
  return spoken?.day ?? text;
}

function numberIn(field: Field, text: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidInput(`--${flagName(field)} takes a number, not “${text}”.`);
}

function objectIn(text: string): object {
  const value = jsonIn('--input', text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new InvalidInput(`--input takes a JSON object with the fields of the action, as in --input '{"title":"…"}'.`);
}

function jsonIn(flag: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(
      `${flag} takes JSON, and this is none: ${(error as Error).message}. Quote it as '{"a":1}'.`,
      {
        cause: error,
      },
    );
  }
}
