// The form of the rules for Block Kit's limits, and the function that checks a value against them.
import type { Json } from '../given.ts';

export type Rule =
  | { kind: 'any' }
  | { kind: 'string'; min: number; max: number; oneOf?: readonly string[] }
  | { kind: 'number'; min: number; max: number }
  /** A text object. `plain`: true if only plain_text is allowed. */
  | { kind: 'text'; max: number; plain: boolean }
  | { kind: 'list'; of: Rule; min: number; max: number }
  | { kind: 'object'; fields: Fields; needs: readonly string[] }
  /** One of several objects. `type` tells which one. */
  | { kind: 'typed'; types: () => Record<string, ObjectRule> };

export type ObjectRule = Extract<Rule, { kind: 'object' }>;

/** The rules of an object's fields. A name that ends in `!` marks a required field. */
export type Fields = Record<string, Rule>;

export const any: Rule = { kind: 'any' };
export const string = (max: number, min = 1): Rule => ({ kind: 'string', min, max });
export const word = (...oneOf: string[]): Rule => ({ kind: 'string', min: 1, max: 255, oneOf });
export const number = (min: number, max: number): Rule => ({ kind: 'number', min, max });
export const plain = (max: number): Rule => ({ kind: 'text', max, plain: true });
export const text = (max: number): Rule => ({ kind: 'text', max, plain: false });
export const list = (of: Rule, max: number, min = 1): Rule => ({ kind: 'list', of, min, max });
export const typed = (types: () => Record<string, ObjectRule>): Rule => ({ kind: 'typed', types });

export function object(fields: Fields): ObjectRule {
  const entries = Object.entries(fields);
  return {
    kind: 'object',
    fields: Object.fromEntries(entries.map(([name, rule]) => [name.replace('!', ''), rule])),
    needs: entries.flatMap(([name]) => (name.endsWith('!') ? [name.slice(0, -1)] : [])),
  };
}

/** Returns the faults in Slack's format, as "[ERROR] … [json-pointer:/blocks/0/text]". Empty if the value is valid. */
export function check(rule: Rule, value: unknown, at: string): string[] {
  const fault = (sentence: string, where = at): string[] => [`[ERROR] ${sentence} [json-pointer:${where}]`];
  switch (rule.kind) {
    case 'any':
      return [];
    case 'string':
      if (typeof value !== 'string') return fault('must provide a string');
      if (value.length < rule.min) return fault(`must be more than ${rule.min - 1} characters`);
      if (value.length > rule.max) return fault(`must be less than ${rule.max + 1} characters`);
      return rule.oneOf === undefined || rule.oneOf.includes(value) ? [] : fault('must be a valid enum value');
    case 'number':
      return typeof value === 'number' && value >= rule.min && value <= rule.max
        ? []
        : fault(`must be a number from ${rule.min} to ${rule.max}`);
    case 'text':
      return checkText(rule, value, at, fault);
    case 'list':
      if (!Array.isArray(value)) return fault('must be an array');
      if (value.length < rule.min) return fault(`no fewer than ${rule.min} items required`);
      if (value.length > rule.max) return fault(`no more than ${rule.max} items allowed`);
      return value.flatMap((item, index) => check(rule.of, item, `${at}/${index}`));
    case 'object': {
      if (!isObject(value)) return fault('must provide an object');
      const missing = rule.needs.filter((name) => value[name] === undefined);
      const present = Object.entries(rule.fields).filter(([name]) => value[name] !== undefined);
      return [
        ...missing.flatMap((name) => fault(`missing required field: ${name}`)),
        ...present.flatMap(([name, of]) => check(of, value[name], `${at}/${name}`)),
      ];
    }
    case 'typed': {
      if (!isObject(value)) return fault('must provide an object');
      const found = rule.types()[String(value.type)];
      return found === undefined ? fault(`unsupported type: ${value.type}`, `${at}/type`) : check(found, value, at);
    }
    default:
      return rule satisfies never;
  }
}

function checkText(
  rule: Extract<Rule, { kind: 'text' }>,
  value: unknown,
  at: string,
  fault: (sentence: string, where?: string) => string[],
): string[] {
  if (!isObject(value)) return fault('must provide an object');
  const types = rule.plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(String(value.type))) return fault(`unsupported type: ${value.type}`, `${at}/type`);
  return check({ kind: 'string', min: 1, max: rule.max }, value.text, `${at}/text`);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
