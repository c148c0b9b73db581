// Offers `list` and `load_skill` as tools. Their results quote descriptions of tools that came from the tools' servers.
import type * as z from 'zod';
import { cutResult } from '../cut-result.ts';
import { schemaOf } from '../from-actions/action-spec.ts';
import { requestOf } from '../request.ts';
import { callOf, type Kit, type Tool, type ToolCaller, type ToolDeps, type ToolSource } from '../tool.ts';
import { type Answer, type LookUps, listInput, listTools, loadInput, loadSkill, type ToolUser } from './answers.ts';

interface Answering<I> {
  title: string;
  description: string;
  input: z.ZodType<I>;
  /** The error text for an input that does not fit the schema: it says which input the tool takes. */
  takes: string;
  answer(ports: LookUps, user: ToolUser, input: I): Promise<Answer>;
}

export const skillTools: ToolSource = {
  through: 'use_tool',
  async find(deps, caller, kit, name) {
    switch (name) {
      case 'list':
        return { kind: 'tool', tool: toolOf(deps, caller, kit, name, LIST) };
      case 'load_skill':
        return { kind: 'tool', tool: toolOf(deps, caller, kit, name, LOAD) };
      default:
        return undefined;
    }
  },
};

const LIST: Answering<z.output<typeof listInput>> = {
  title: 'List tools',
  description: 'Shows the skills, servers and tools there are.',
  input: listInput,
  takes: 'list takes nothing, or {"server": "<name>"}.',
  answer: listTools,
};

const LOAD: Answering<z.output<typeof loadInput>> = {
  title: 'Load a skill',
  description: 'Gives the instructions of a skill, or one of its files.',
  input: loadInput,
  takes: 'load_skill takes {"name": "<skill>"}, and "file" for one of its files.',
  answer: loadSkill,
};

function toolOf<I>(deps: ToolDeps, caller: ToolCaller, kit: Kit, name: string, of: Answering<I>): Tool {
  const { title, description, input: type, takes, answer } = of;
  const spec = {
    ...{ name, title, description, inputSchema: schemaOf(type) },
    ...({ effect: 'read', egress: false, policy: 'allow', trust: 'member' } as const),
    destinations: () => [],
  };
  return {
    ...spec,
    faultIn: (input) => (type.safeParse(input).success ? undefined : takes),
    async run(input, key) {
      const read = { pod: caller.pod, action: 'permit_read', input: { tool: name }, key };
      await deps.act(requestOf(caller, read, callOf(spec, input)));
      const ports = { servers: deps.servers, skills: kit.skills, tools: (server: string) => deps.mcp.tools(server) };
      const answered = await answer(ports, { tools: kit.tools, loaded: caller.loaded }, type.parse(input));
      return { kind: 'text', result: { ok: true, ...answered, text: cutResult(answered.text) } };
    },
  };
}
