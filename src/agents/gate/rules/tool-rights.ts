// The rule for tools of servers: each asker needs a role in the pod and in the organisation. For a guest, the agent may
// call only read-only tools; for a person who left, no tool.
import type { Reader } from '../../../log/action.ts';
import type { ToolCall } from '../../../log/call-facts.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { ActorRole } from '../../../pods/action.ts';
import type { Call } from '../../../pods/decide.ts';
import { atLeast, ORG, type Rights, rightsOf } from '../../../pods/members/rights.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { refuse, rule } from '../verdict.ts';

interface RoleIn {
  role: ActorRole;
  /** The name of the asker with the lowest role. */
  who?: string;
}

interface Facts {
  /** The name of the tool; absent if the tool only reads. */
  writing?: string;
  pod: RoleIn;
  org: RoleIn;
}

export const toolRights = rule<Facts>({
  name: 'tool rights',
  load(read, { request, ctx }: Call) {
    const call = request.facts?.call;
    return call && factsOf(read, { request, ctx }, call);
  },
  judge({ writing, pod, org }) {
    const needed = writing ? 'member' : 'guest';
    const [where, lacking] = atLeast(pod.role, needed) ? (['organisation', org] as const) : (['pod', pod] as const);
    const { role, who } = lacking;
    if (atLeast(role, needed)) return undefined;
    if (!who)
      return role === 'none'
        ? refuse('Not done: you are not in this pod, or not an agent of this organisation, any more.')
        : refuse(`${writing} does more than read, and you are ${role} here.`, 'Ask an owner to change your role.');
    const first = 'A member may do it, or ask you for it once you have answered that you can’t.';
    return role === 'none'
      ? refuse(`Not done: you act on the words of ${who}, who is no longer in this ${where}.`, first)
      : refuse(`${writing} does more than read, and you act on the words of ${who}, who is a guest.`, first);
  },
});

async function factsOf(
  read: Reader,
  { request, ctx: { role, narrowedBy } }: Pick<Call, 'request' | 'ctx'>,
  call: ToolCall,
): Promise<Facts> {
  const writes = call.effect !== 'read' || call.carries;
  const org = await rightsOf(read, { ...request, pod: ORG }, writes ? 'write' : 'read');
  return {
    ...(writes ? { writing: call.tool } : {}),
    pod: { role, ...(narrowedBy ? { who: narrowedBy.name } : {}) },
    org: await roleIn(org, async (id) => called(await namesOfAll(read, [id]), id).name),
  };
}

async function roleIn({ role, narrowedBy }: Rights, name: (id: PersonId) => Promise<string>): Promise<RoleIn> {
  return narrowedBy ? { role, who: await name(narrowedBy) } : { role };
}
