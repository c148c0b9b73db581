// Imports shipped agents and skills at the start, as commits of the organisation.
import { cantStart } from '../config/config.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import { AGENTS } from '../pods/agent-definitions/agent.ts';
import { nameFault } from '../pods/agent-definitions/agent-name.ts';
import { agentId } from '../pods/agent-definitions/agent-words.ts';
import { ORG } from '../pods/members/rights.ts';
import { manifestFault, podWritten } from '../pods/pod/mail-name.ts';
import type { Shipped } from './read.ts';

/**
 * Imports the shipped agents and skills as commits of the organisation. A definition that was edited since stays as it
 * is, and nothing is imported twice. @throws InvalidInput, before anything is imported, if a pod already has the mail
 * address of a new agent
 */
export async function importShipped(
  { act, read }: { act: Act; read: Reader },
  { agents, skills }: Pick<Shipped, 'agents' | 'skills'>,
): Promise<void> {
  const problems = (await Promise.all(agents.map((agent) => addressFault(read, agent)))).flat();
  if (problems.length) throw cantStart(problems);
  const put = (action: string, name: unknown, { input, hash }: Shipped['skills'][number]) =>
    act({
      pod: ORG,
      actor: 'skein',
      via: 'skein',
      action,
      input,
      key: `${action}:${String(name)}:${hash}`,
      origin: { kind: 'manifest', hash },
    });
  for (const skill of skills) await put('import_skill', skill.input.name, skill);
  for (const agent of agents) await put('import_agent', agent.input.handle, agent);
}

async function addressFault(read: Reader, { file, input: { handle, name } }: Shipped['agents'][number]) {
  if (await read.get(AGENTS, agentId(handle))) return [];
  const [pod, taken] = await Promise.all([podWritten(read, handle), nameFault(read, handle, String(name))]);
  return [...(pod ? [manifestFault(file, handle, pod)] : []), ...(taken ? [`${file}: ${taken}`] : [])];
}
