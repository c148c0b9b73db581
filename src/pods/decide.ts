// How an act is decided: whether it may be at all, what its action loads, the actor's rights, and then the action's own decision.
import { InvalidInput, Told } from '../errors.ts';
import type { ActRequest, Meaning } from '../log/act.ts';
import type { BaseCtx, Reader } from '../log/action.ts';
import type { AnyAction, Ctx, Decision } from './action.ts';
import { ACTIONS } from './actions.ts';
import { KINDS } from './kinds.ts';
import { authorise, notIn, ORG, refuseBeyond, rightsOf } from './members/standing.ts';
import { called, namesOfAll } from './people/directory.ts';
import { PODS } from './pod/pod.ts';

/** What a log of pods means: what the engine is joined with. */
export const MEANING: Meaning = { kinds: KINDS, actions: ACTIONS, decide };

export async function decide(
  read: Reader,
  definition: AnyAction,
  request: ActRequest,
  base: BaseCtx,
): Promise<Decision<unknown>> {
  if (definition.org && request.pod !== ORG)
    throw new InvalidInput(`${definition.title} belongs to the organisation: use the pod “${ORG}”.`);
  refuseBeyond(definition, request);
  const ctx = await contextOf(read, definition, request, base);
  const view = await loaded(read, definition, request.input, ctx);
  authorise(definition, view, request.input, ctx);
  return definition.decide(view, request.input, ctx);
}

/** Whoever is not in the pod is told only that: what is missing in it would already say what is there. */
async function loaded(read: Reader, definition: AnyAction, input: unknown, ctx: Ctx): Promise<unknown> {
  try {
    return await definition.load(read, input, ctx);
  } catch (error) {
    if (error instanceof Told && ctx.standing === 'none' && definition.allow !== 'anyone') throw notIn(definition, ctx);
    throw error;
  }
}

async function contextOf(read: Reader, definition: AnyAction, request: ActRequest, base: BaseCtx): Promise<Ctx> {
  const { pod } = request;
  const podDoc = pod === ORG ? undefined : await read.get(PODS, pod);
  const { standing, narrowedBy } = await rightsOf(read, request, definition.effect);
  return {
    ...base,
    standing,
    ...(narrowedBy ? { narrowedBy: called(await namesOfAll(read, [narrowedBy]), narrowedBy) } : {}),
    ...(podDoc ? { podDoc } : {}),
  };
}
