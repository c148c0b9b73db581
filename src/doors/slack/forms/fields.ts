// Makes the fields of a form from the input schema of an action. Pure.
import { z } from 'zod';
import { InvalidInput } from '../../../errors.ts';
import type { AnyAction } from '../../../pods/action.ts';
import { FILE_INPUT } from '../../../pods/files/files.ts';
import { MEMBER_INPUT, MEMBERS_INPUT } from '../../../pods/people/names.ts';
import { TASK_INPUT, TASKS_INPUT } from '../../../pods/tasks/task-words.ts';
import { type FormField, MOST_FIELD_CHARS, type Option } from '../../../slack/render/forms.ts';
import { type Field, fieldsOf, flagName } from '../../typed/fields.ts';

/** The choice that stands for null. */
export const NOTHING = 'nothing';

export interface Choices {
  options: readonly Option[];
  /** Says how to choose what is not listed. */
  hint?: string;
}

export interface Filling {
  /** The fields that the form does not show, because their value is known. */
  fixed: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
  hints?: Readonly<Record<string, string>>;
  /** By field, the words for each of its values. */
  says?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By field: why it was not accepted. */
  refused?: Readonly<Record<string, string>>;
  /** By what a field names, the things that it may name. */
  members?: Choices;
  tasks?: Choices;
  files?: Choices;
  /** Words for the owners, where a field may name them. */
  owners?: string;
  /** Words for the choice of nothing, where a field may have no value. Absent: it is not offered. */
  nothing?: string;
}

/** Returns the fields of the action that a form shows. An optional conversation is the one in which the form was opened. */
export function shownFields(definition: Pick<AnyAction, 'input'>, fixed: Readonly<Record<string, string>>): Field[] {
  return fieldsOf(definition).filter(({ name, required }) => !(name in fixed) && (required || name !== 'conversation'));
}

export function formFields(definition: Pick<AnyAction, 'input'>, filling: Filling): FormField[] {
  return shownFields(definition, filling.fixed).map((field) => formField(field, filling));
}

/**
 * Refuses typed values with which Slack would open no form, or only with a part of the words.
 * @throws InvalidInput
 */
export function checkFits(fields: readonly Field[], values: Readonly<Record<string, string>>): void {
  for (const field of fields) {
    const value = values[field.name] ?? '';
    if (value.length > mostOf(field))
      throw new InvalidInput(
        `--${flagName(field)} has ${value.length} characters, and its field in a form takes ${mostOf(field)}. Give every field in the command, or leave this one out and add it afterwards.`,
      );
    if (field.day && value && !z.iso.date().safeParse(value).success)
      throw new InvalidInput(`--${flagName(field)} takes a day as YYYY-MM-DD, not “${value}”.`);
  }
}

function mostOf({ most = MOST_FIELD_CHARS }: Field): number {
  return Math.min(most, MOST_FIELD_CHARS);
}

function formField(field: Field, filling: Filling): FormField {
  const { name } = field;
  const { labels = {}, hints = {}, refused = {}, values } = filling;
  const choices = choicesFor(field, filling);
  const hint = hints[name] ?? (choices ? choices.hint : hintOf(field));
  const base = {
    name,
    label: labels[name] ?? labelOf(name),
    ...(hint ? { hint } : {}),
    ...(field.required ? {} : { optional: true }),
    ...(refused[name] ? { refused: refused[name] } : {}),
  };
  const value = values[name] === undefined ? {} : { value: values[name] };
  if (choices && field.kind === 'texts') return { ...base, kind: 'choices', options: choices.options, ...value };
  if (choices) return { ...base, kind: 'choice', options: choices.options, ...value };
  if (field.kind === 'switch') return { ...base, kind: 'switch', says: labelOf(name), value: values[name] === 'true' };
  if (field.day) return { ...base, kind: 'day', ...value };
  const most = field.most === undefined ? {} : { most: field.most };
  return { ...base, kind: 'words', lines: isLong(field), ...most, ...value };
}

function choicesFor(field: Field, { members, tasks, files, nothing, owners, says }: Filling): Choices | undefined {
  const { choices, nullable, name } = field;
  if (choices) return { options: choices.map((value) => ({ label: says?.[name]?.[value] ?? value, value })) };
  const found = namesMember(field) ? members : namesTask(field) ? tasks : namesFile(field) ? files : undefined;
  if (!found?.options.length) return undefined;
  if (owners && namesOwners(field))
    return { ...found, options: [{ label: owners, value: 'owners' }, ...found.options] };
  return nullable && nothing ? { ...found, options: [...found.options, { label: nothing, value: NOTHING }] } : found;
}

/** A list of members that may have the owners in it, too. */
const OR_OWNERS = `${MEMBERS_INPUT}, or owners`;

export function namesOwners({ about }: Pick<Field, 'about'>): boolean {
  return about.startsWith(OR_OWNERS);
}

export function namesMember({ about }: Pick<Field, 'about'>): boolean {
  return about.startsWith(MEMBER_INPUT) || about.startsWith(MEMBERS_INPUT);
}

export function namesFile({ about }: Pick<Field, 'about'>): boolean {
  return about.startsWith(FILE_INPUT);
}

export function namesTask({ about }: Pick<Field, 'about'>): boolean {
  return about.startsWith(TASK_INPUT) || about.startsWith(TASKS_INPUT);
}

/** A text of up to this many characters has one line. */
const ONE_LINE_CHARS = 300;

function isLong({ kind, most = Number.POSITIVE_INFINITY, about }: Field): boolean {
  if (kind === 'texts' || kind === 'json') return true;
  if (kind !== 'text') return false;
  return about.includes('Markdown') || (most > ONE_LINE_CHARS && most !== Number.POSITIVE_INFINITY);
}

function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hintOf({ kind, about, day }: Field): string | undefined {
  const said = day ? about.replace(/,? YYYY-MM-DD/, '') : about;
  if (kind === 'texts') return [said, 'one on each line'].filter(Boolean).join('; ');
  if (kind === 'json') return [said, 'as JSON'].filter(Boolean).join('; ');
  return said || undefined;
}
