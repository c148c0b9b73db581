// `stay_silent`: the tool with which an agent says that nothing is to be posted. It changes nothing, so no commit is made.
import * as z from 'zod';
import { schemaOf } from './from-actions/action-spec.ts';
import type { Tool, ToolSource } from './tool.ts';

export const STAY_SILENT = 'stay_silent';

const input = z.strictObject({ reason: z.string().max(200).optional().describe('For yourself; nobody reads it') });

export const STAY_SILENT_TOOL = {
  name: STAY_SILENT,
  description:
    'Ends your work without a post, when nothing new is meant for you or needs an answer. Whoever wrote sees a mark for “nothing to say”.',
  input,
};

const tool: Tool = {
  ...{ name: STAY_SILENT, title: 'Stay silent', description: STAY_SILENT_TOOL.description },
  ...{ inputSchema: schemaOf(input), effect: 'read', egress: false, policy: 'allow', trust: 'member' },
  destinations: () => [],
  faultIn(given) {
    const parsed = input.safeParse(given);
    return parsed.success ? undefined : `stay_silent takes { reason? }.\n${z.prettifyError(parsed.error)}`;
  },
  async run() {
    return { kind: 'text', result: { ok: true, text: 'Nothing is posted.', trust: 'member' } };
  },
};

/** Every agent has it, whatever its manifest names. */
export const ownTools: ToolSource = {
  through: 'name',
  async find(_deps, _caller, _kit, name) {
    return name === STAY_SILENT ? { kind: 'tool', tool } : undefined;
  },
};
