// Values of a call that reveal nothing of what an agent has read: names that the readers of the call know anyway.
import type { Reader } from '../../log/action.ts';
import type { AnyAction } from '../../pods/action.ts';
import { ACTIONS } from '../../pods/actions.ts';
import { AGENTS } from '../../pods/agent-definitions/agent.ts';
import { ORG } from '../../pods/members/rights.ts';
import { presentIn } from '../../pods/people/directory.ts';
import { SKILLS } from '../../pods/skill-definitions/skill.ts';
import { schemaOf } from '../../tools/from-actions/action-spec.ts';

/** Returns the names of actions, the enum values of the input, and the handles, tools and skills of the organisation. */
export async function vocabularyOf(read: Reader, { input }: AnyAction): Promise<ReadonlySet<string>> {
  const [agents, skills] = await Promise.all([
    read.find(AGENTS, { where: { pod: ORG } }),
    read.find(SKILLS, { where: { pod: ORG } }),
  ]);
  return new Set([
    ...[...ACTIONS.keys(), ...enumsIn(schemaOf(input))],
    ...agents.flatMap(({ handle, tools, avatar, model = '' }) => [handle, ...tools, avatar.emoji ?? '', model]),
    ...skills.map(({ name }) => name),
    ...['use_tool', 'members', 'owners'],
  ]);
}

/** The fields that name something of the pod by its number or id, or a day. They hold no words of their own. */
const REFERRING: readonly string[] = ['task', 'conversation', 'message', 'question', 'run', 'item', 'due'];
const REFERENCE = /^(?:#?\d{1,6}|q\d{1,6}|[a-z]{1,3}_[0-9a-z]{20}|\d{4}-\d{2}-\d{2})$/;

/** The same for a call in another pod, whose members know each other, its numbers and its ids. */
export async function vocabularyIn(
  read: Reader,
  definition: AnyAction,
  pod: string,
  input: object,
): Promise<ReadonlySet<string>> {
  const members = await presentIn(read, pod);
  const names = members.flatMap(({ name, handle, id }) => [name, name.split(' ')[0] ?? '', handle, `@${handle}`, id]);
  const references = Object.entries(input).flatMap(([field, value]) =>
    REFERRING.includes(field) && typeof value === 'string' && REFERENCE.test(value) ? [value] : [],
  );
  return new Set([...enumsIn(schemaOf(definition.input)), ...names, ...references]);
}

function enumsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(enumsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'enum' in schema && Array.isArray(schema.enum) ? schema.enum.filter((one) => typeof one === 'string') : [];
  return [...own, ...Object.values(schema).flatMap(enumsIn)];
}
