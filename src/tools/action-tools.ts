// Actions as a model sees them: a name, a description and a JSON schema, made from the one definition.
import { z } from 'zod';
import type { AnyAction } from '../pods/action.ts';
import { needsPod } from '../pods/pod/pod-named.ts';
import { USE_TOOL_DESCRIPTION, useToolInput } from './use-tool.ts';

export interface ToolDefinition {
  name: string;
  description: string;
  input_schema: object;
}

export const USE_TOOL = 'use_tool';

const POD_FIELD = { type: 'string', description: "Id of another of the person's pods; this one when absent" };

/** The tools of an agent: the actions its manifest names. In a DM its reads may go to any pod of that person. */
export function toolsFor(
  actions: ReadonlyMap<string, AnyAction>,
  names: readonly string[],
  { direct, others }: { direct: boolean; others: boolean },
): ToolDefinition[] {
  const own = names.flatMap((name) => {
    const definition = actions.get(name);
    return definition && !definition.internal ? [toolOf(definition, direct)] : [];
  });
  return others ? [...own, schemaTool(USE_TOOL, USE_TOOL_DESCRIPTION, useToolInput)] : own;
}

/** Of what a model may call only reading goes to another pod, and only what is about one. */
export function readsElsewhere(definition: AnyAction): boolean {
  return definition.effect === 'read' && needsPod(definition);
}

function toolOf(definition: AnyAction, direct: boolean): ToolDefinition {
  const tool = schemaTool(definition.name, definition.description, definition.input);
  if (!direct || !readsElsewhere(definition)) return tool;
  const schema = tool.input_schema as { properties?: object };
  return { ...tool, input_schema: { ...schema, properties: { ...schema.properties, pod: POD_FIELD } } };
}

/** A schema is the same for ever: worked out once. */
const KNOWN = new WeakMap<z.ZodType, object>();

function schemaTool(name: string, description: string, input: z.ZodType): ToolDefinition {
  return { name, description, input_schema: schemaOf(input) };
}

export function schemaOf(input: z.ZodType): object {
  const known = KNOWN.get(input);
  if (known) return known;
  const { $schema: _dialect, ...schema } = z.toJSONSchema(input, { io: 'input' });
  KNOWN.set(input, schema);
  return schema;
}
