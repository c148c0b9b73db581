// A tool takes rights in the pod and in the organisation that tools belong to, of everybody whose words are acted on: a guest's
// wish calls only what reads, and the wish of somebody who has left calls nothing.
import type { PersonId } from '../../../log/participant.ts';
import type { Standing } from '../../../pods/action.ts';
import type { Call } from '../../../pods/decide.ts';
import { atLeast, ORG, type Rights, rightsOf } from '../../../pods/members/standing.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { refuse, rule } from '../verdict.ts';

interface Held {
  standing: Standing;
  /** The name of the person who narrows it. */
  who?: string;
}

interface Facts {
  /** The tool, where it does more than read. */
  writing?: string;
  pod: Held;
  org: Held;
}

export const toolRights = rule<Facts>({
  name: 'tool rights',
  async load(read, { request, ctx }: Call) {
    const call = request.facts?.call;
    if (!call) return undefined;
    const writes = call.effect !== 'read' || call.carries;
    const org = await rightsOf(read, { ...request, pod: ORG }, writes ? 'write' : 'read');
    const { standing, narrowedBy } = ctx;
    return {
      ...(writes ? { writing: call.tool } : {}),
      pod: { standing, ...(narrowedBy ? { who: narrowedBy.name } : {}) },
      org: await held(org, async (id) => called(await namesOfAll(read, [id]), id).name),
    };
  },
  judge({ writing, pod, org }) {
    const needed = writing ? 'member' : 'guest';
    const [where, lacking] = atLeast(pod.standing, needed) ? (['organisation', org] as const) : (['pod', pod] as const);
    const { standing, who } = lacking;
    if (atLeast(standing, needed)) return undefined;
    if (!who)
      return standing === 'none'
        ? refuse('Not done: you are not in this pod, or not an agent of this organisation, any more.')
        : refuse(`${writing} does more than read, and you are ${standing} here.`, 'Ask an owner to change your role.');
    const first = 'A member may do it, or ask you for it once you have answered that you can’t.';
    return standing === 'none'
      ? refuse(`Not done: you act on the words of ${who}, who is no longer in this ${where}.`, first)
      : refuse(`${writing} does more than read, and you act on the words of ${who}, who is a guest.`, first);
  },
});

async function held({ standing, narrowedBy }: Rights, name: (id: PersonId) => Promise<string>): Promise<Held> {
  return narrowedBy ? { standing, who: await name(narrowedBy) } : { standing };
}
