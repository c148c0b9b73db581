// Describes actions to a model: name, description and JSON schema, made from the action's definition.
import { z } from 'zod';
import type { AnyAction } from '../../pods/action.ts';
import { takesPod } from '../../pods/pod/pod-named.ts';
import type { ToolSpec } from '../tool.ts';
import { USE_TOOL, USE_TOOL_DESCRIPTION, useToolInput } from '../use-tool.ts';
import { leanSchema } from './lean-schema.ts';

/** A tool that is no action, and that every agent has. */
export interface OwnTool {
  name: string;
  description: string;
  input: z.ZodType;
}

export interface ToolDefinition {
  name: string;
  description: string;
  input_schema: object;
}

const POD_FIELD = { type: 'string', description: 'Name of another pod of theirs, here and in the other tools' };
const POD_AGAIN = { type: 'string' };

/**
 * Returns the tools of an agent: the actions that its manifest names. In a DM an action can name any pod of the person.
 * `more`: tools that every agent has.
 */
export function toolsFor(
  actions: ReadonlyMap<string, AnyAction>,
  names: readonly string[],
  { direct, others, more = [] }: { direct: boolean; others: boolean; more?: readonly OwnTool[] },
): ToolDefinition[] {
  const offered = names.flatMap((name) => actions.get(name) ?? []).filter(({ internal }) => !internal);
  // Said once, because it is the same field in all of them.
  const first = offered.find(canNamePod);
  const own = offered.map((definition) => {
    const { name, description } = definition;
    const pod = definition === first ? POD_FIELD : POD_AGAIN;
    return { name, description, input_schema: inputOf(definition, direct, pod) };
  });
  const use = { name: USE_TOOL, description: USE_TOOL_DESCRIPTION, input_schema: schemaOf(useToolInput) };
  const always = more.map(({ name, description, input }) => ({ name, description, input_schema: schemaOf(input) }));
  return [...own, ...always, ...(others ? [use] : [])];
}

export function specOf(definition: AnyAction, direct: boolean): ToolSpec {
  const { name, title, description, effect } = definition;
  return {
    ...{ name, title, description, effect },
    inputSchema: inputOf(definition, direct),
    egress: false,
    policy: 'allow',
    trust: 'member',
    destinations: () => [],
  };
}

/** True for an action that a model in a DM can call for another pod: it is about a pod, and not about the calling run. */
export function canNamePod(definition: AnyAction): boolean {
  return takesPod(definition) && !definition.ofRun;
}

function inputOf(definition: AnyAction, direct: boolean, pod: object = POD_FIELD): object {
  const schema: { properties?: object } = schemaOf(definition.input);
  if (!direct || !canNamePod(definition)) return schema;
  return { ...schema, properties: { ...schema.properties, pod } };
}

/** Each schema is converted once, because schemas never change. */
const KNOWN = new WeakMap<z.ZodType, object>();

export function schemaOf(input: z.ZodType): object {
  const known = KNOWN.get(input);
  if (known) return known;
  const { $schema: _dialect, ...whole } = z.toJSONSchema(input, { io: 'input' });
  const schema = leanSchema(whole) as object;
  KNOWN.set(input, schema);
  return schema;
}
