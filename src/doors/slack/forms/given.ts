// Turns what somebody filled into a form into the input of its action. Pure.

import { z } from 'zod';
import { UserFacingError } from '../../../errors.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { ON } from '../../../slack/render/forms.ts';
import { type Field, fieldsOf } from '../../typed/fields.ts';
import { inSlack } from '../../typed-refusal.ts';
import { type About, digestOf } from './about.ts';
import { NOTHING, shownFields } from './fields.ts';

/** A refusal, at the fields that it is about. `whole`: the sentence, if it is about none of them. */
export interface Refused {
  fields: Record<string, string>;
  whole?: string;
}

export type Read = { kind: 'input'; input: Record<string, unknown> } | { kind: 'refused'; refused: Refused };

export function inputOfForm(
  definition: Pick<AnyAction, 'input'>,
  { fixed, stored }: Pick<About, 'fixed' | 'stored'>,
  values: Readonly<Record<string, string>>,
): Read {
  const lists = new Set(fieldsOf(definition).flatMap(({ name, kind }) => (kind === 'texts' ? [name] : [])));
  const input: Record<string, unknown> = Object.fromEntries(
    Object.entries(fixed).map(([name, value]) => [name, lists.has(name) ? value.split('\n') : value]),
  );
  const faults: Record<string, string> = {};
  for (const field of shownFields(definition, fixed)) {
    const said = (values[field.name] ?? '').trim();
    const before = stored[field.name];
    if (before === undefined ? said === '' : before === digestOf(said)) continue;
    try {
      const value = valueIn(field, said);
      if (value !== undefined) input[field.name] = value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      faults[field.name] = `This is no JSON: ${error.message}.`;
    }
  }
  return Object.keys(faults).length ? { kind: 'refused', refused: { fields: faults } } : { kind: 'input', input };
}

function valueIn({ kind, nullable }: Field, said: string): unknown {
  if (said === NOTHING && nullable) return null;
  if (said === '') return nullable ? null : kind === 'switch' ? false : kind === 'text' ? '' : undefined;
  switch (kind) {
    case 'text':
      return said;
    case 'switch':
      return said === ON;
    case 'number':
      // The action's schema refuses a text with its own sentence.
      return Number.isFinite(Number(said)) ? Number(said) : said;
    case 'texts':
      return said.split('\n').flatMap((line) => line.trim() || []);
    case 'json':
      return JSON.parse(said);
    default:
      return kind satisfies never;
  }
}

/**
 * Finds the fields that a refusal is about: those that the schema names, else the one whose value the sentence quotes.
 * Throws an error again that no person may see.
 */
export function refusedBy(error: unknown, shown: readonly string[], values: Readonly<Record<string, string>>): Refused {
  if (!(error instanceof UserFacingError)) throw error;
  if (error.cause instanceof z.ZodError) {
    const faults = error.cause.issues.flatMap(({ path: [first], message }) =>
      typeof first === 'string' && shown.includes(first) ? [[first, `${message}.`] as const] : [],
    );
    if (faults.length === error.cause.issues.length) return { fields: Object.fromEntries(faults) };
  }
  const about = shown.find((name) => values[name] && error.message.includes(`“${values[name]}”`));
  return about ? { fields: { [about]: inSlack(error.message) } } : { fields: {}, whole: inSlack(error.message) };
}
