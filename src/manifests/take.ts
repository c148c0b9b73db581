// `skein take`: replaces an edited agent or skill by its shipped file, because somebody on this machine wants it.

import { Conflict, InvalidInput, NotFound } from '../errors.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import { AGENTS } from '../pods/agent-definitions/agent.ts';
import { agentId } from '../pods/agent-definitions/agent-words.ts';
import { ORG } from '../pods/members/rights.ts';
import { SKILLS, skillId } from '../pods/skill-definitions/skill.ts';
import { differs } from './edited.ts';
import type { Survey } from './read.ts';

export interface Wanted {
  kind: 'agent' | 'skill';
  name: string;
}

/**
 * Imports the shipped file. Returns what was replaced, and its new version. @throws Conflict if the stored definition
 * equals the file; NotFound if no file has that name; InvalidInput with the faults of the files if one of those may be
 * the file
 */
export async function takeShipped(
  { act, read }: { act: Act; read: Reader },
  survey: Survey,
  { kind, name }: Wanted,
): Promise<{ took: string; version: number }> {
  const found = [...(kind === 'agent' ? survey.agents : survey.skills)].find(
    ({ input }) => (kind === 'agent' ? input.handle : input.name) === name,
  );
  if (!found) throw missing(survey, { kind, name });
  const stands = () => (kind === 'agent' ? read.get(AGENTS, agentId(name)) : read.get(SKILLS, skillId(name)));
  const now = await stands();
  if (now && !now.edited && !differs(kind, now, found.input))
    throw new Conflict(`The ${kind} “${name}” is as its file says; there is nothing to take in.`);
  const version = now?.version ?? 0;
  await act({
    pod: ORG,
    actor: 'skein',
    via: 'cli',
    action: `import_${kind}`,
    input: { ...found.input, over: true },
    key: `take:${kind}:${name}:${found.hash}:${version}`,
    origin: { kind: 'manifest', hash: found.hash },
  });
  return { took: `${kind} ${name}`, version: (await stands())?.version ?? version };
}

function missing({ agents, skills, problems }: Survey, { kind, name }: Wanted): Error {
  if (problems.length)
    return new InvalidInput(
      `There is no whole file of the ${kind} “${name}”.\n${problems.map((one) => `- ${one}`).join('\n')}`,
    );
  const names =
    kind === 'agent' ? agents.map(({ input }) => input.handle) : skills.map(({ input }) => String(input.name));
  return new NotFound(`There is no file of the ${kind} “${name}”. There are: ${names.join(', ') || 'none'}.`);
}
