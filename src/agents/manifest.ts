// The schema of manifests/agents/<handle>.yaml: an agent's purpose, instructions, tools, skills and budget.

import { basename } from 'node:path';
import * as z from 'zod';
import { closest } from '../closest.ts';
import {
  DEFAULT_BUDGET,
  EMOJI,
  HANDLE,
  isReserved,
  LEAST_CONTEXT,
  MOST,
  SKILL_NAME,
  TOOL_NAME,
} from '../pods/agent-definitions/agent-words.ts';
import { type ManifestParseResult, readManifest } from '../tools/manifest-faults.ts';

const HANDLE_CURE = 'A handle has 2 to 21 small letters, digits or hyphens and begins with a letter, as in scribe.';

export const handleSchema = z
  .string({ error: HANDLE_CURE })
  .regex(HANDLE, { error: HANDLE_CURE })
  .refine((handle) => !isReserved(handle), { error: 'That word is taken. Choose another handle.' });

const text = (max: number, what: string) => {
  // The format of a number is made for a fault alone: the first one takes 10 ms.
  const error = () => `Give ${what}, in at most ${max.toLocaleString('en')} characters.`;
  return z.string({ error }).trim().min(1, { error }).max(max, { error });
};

const TOOL_CURE = 'Name an action (create_task), use_tool, a server (mcp:crm) or one of its tools (mcp:crm/find).';
const SKILL_CURE = 'Name a skill by its folder, as in hand-off-note.';
const AVATAR_CURE = 'Give either `emoji: ":memo:"` or `url: https://…` (a picture).';
const CONTEXT_CURE = () =>
  `Give the tokens at which its memory of a conversation begins anew: from ${LEAST_CONTEXT.toLocaleString('en')} to ${MOST.context.toLocaleString('en')}, digits only.`;
const PEOPLE_CURE = 'Give members, owners, or `people:` with a list.';

const atMost = (max: number, what: string) => {
  const error = `Give a whole number of ${what} from 1 to ${max}, digits only.`;
  return z.int({ error }).min(1, { error }).max(max, { error });
};

const list = (item: z.ZodType<string>, max: number, error: string) =>
  z
    .array(item, { error })
    .max(max, { error: `Give at most ${max} names.` })
    .default([])
    .transform((names) => [...new Set(names)]);

export const agentManifestSchema = z.strictObject({
  handle: handleSchema,
  name: text(MOST.name, 'the name people see'),
  avatar: z.union(
    [
      z.strictObject({ emoji: z.string({ error: AVATAR_CURE }).regex(EMOJI, { error: AVATAR_CURE }) }),
      z.strictObject({ url: z.url({ protocol: /^https$/, error: AVATAR_CURE }) }),
    ],
    { error: AVATAR_CURE },
  ),
  purpose: text(MOST.purpose, 'one sentence that says what the agent is for'),
  instructions: text(MOST.instructions, 'the instructions the agent works by'),
  /** Absent: the value of SKEIN_MODEL. */
  model: text(MOST.model, 'the name of a model, or leave it out').optional(),
  tools: list(
    z.string({ error: TOOL_CURE }).regex(TOOL_NAME, { error: TOOL_CURE }),
    MOST.tools,
    `Give a list of names. ${TOOL_CURE}`,
  ),
  skills: list(
    z.string({ error: SKILL_CURE }).max(MOST.skillName, { error: SKILL_CURE }).regex(SKILL_NAME, { error: SKILL_CURE }),
    MOST.skills,
    `Give a list of names. ${SKILL_CURE}`,
  ),
  budget: z
    .strictObject(
      {
        turns: atMost(MOST.turns, 'turns per run').default(DEFAULT_BUDGET.turns),
        tokens: atMost(MOST.tokens, 'tokens per run').default(DEFAULT_BUDGET.tokens),
        context: z
          .int({ error: CONTEXT_CURE })
          .min(LEAST_CONTEXT, { error: CONTEXT_CURE })
          .max(MOST.context, { error: CONTEXT_CURE })
          .optional(),
      },
      { error: 'Give `turns` and `tokens` (both per run) and, if you like, `context`, or leave it out.' },
    )
    .prefault({}),
  /**
   * The people who may set the agent to work: members of the pod, owners only, or people named by their handle, id or
   * address.
   */
  addressable_by: z
    .union(
      [
        z.enum(['members', 'owners']),
        z.strictObject({
          people: z
            .array(z.string().trim().min(1), { error: PEOPLE_CURE })
            .min(1, { error: PEOPLE_CURE })
            .max(MOST.people, { error: PEOPLE_CURE }),
        }),
      ],
      {
        error: PEOPLE_CURE,
      },
    )
    .default('members'),
});

export type AgentManifest = z.output<typeof agentManifestSchema>;

/**
 * The names that exist, as far as the caller knows them; any other name in a manifest is a fault. Names of servers
 * stand here without `mcp:`.
 */
export interface KnownNames {
  tools?: readonly string[];
  servers?: readonly string[];
  skills?: readonly string[];
}

export function parseAgentManifest(
  source: { file: string; text: string },
  known: KnownNames = {},
): ManifestParseResult<AgentManifest> {
  const parsed = readManifest(agentManifestSchema, source);
  const misfits = misfitsOf(source.file, parsed.kind === 'valid' ? parsed.manifest : asWritten(parsed.written), known);
  if (parsed.kind === 'faulty') return { ...parsed, problems: [...parsed.problems, ...misfits] };
  return misfits.length ? { kind: 'faulty', problems: misfits, written: parsed.manifest } : parsed;
}

type Names = Pick<AgentManifest, 'handle' | 'tools' | 'skills'>;

/**
 * Returns the valid names of a faulty manifest, so that they can be checked too. The other faults are already reported.
 */
function asWritten({ handle, tools, skills }: Readonly<Record<string, unknown>>): Partial<Names> {
  const shaped = (names: unknown, shape: RegExp) =>
    Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string' && shape.test(name)) : [];
  return {
    ...(typeof handle === 'string' && HANDLE.test(handle) ? { handle } : {}),
    tools: shaped(tools, TOOL_NAME),
    skills: shaped(skills, SKILL_NAME),
  };
}

/** Returns a fault for each name that fits the schema but does not exist. */
function misfitsOf(file: string, { handle, tools = [], skills = [] }: Partial<Names>, known: KnownNames): string[] {
  const problems: string[] = [];
  const stem = basename(file).replace(/\.ya?ml$/, '');
  if (handle !== undefined && handle !== stem)
    problems.push(`${file}: \`handle\` is "${handle}" but the file is named "${stem}". Name them alike.`);
  const unknown = (field: string, name: string, names: readonly string[] | undefined) => {
    if (names === undefined || names.includes(name)) return;
    const meant = closest(name, names);
    const cure = meant ? `Did you mean ${meant}?` : `Known are: ${names.join(', ') || 'none'}.`;
    problems.push(`${file}: \`${field}\` names "${name}", which does not exist. ${cure}`);
  };
  for (const tool of tools) {
    const server = /^mcp:([^/]+)/.exec(tool)?.[1];
    if (server === undefined) unknown('tools', tool, known.tools && [...known.tools, 'use_tool']);
    else unknown('tools', server, known.servers);
  }
  for (const skill of skills) unknown('skills', skill, known.skills);
  return problems;
}
