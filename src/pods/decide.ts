// Decides an act: loads, asks the gate, then calls the action's own decision.
import { InvalidInput, UserFacingError } from '../errors.ts';
import type { ActRequest, Meaning } from '../log/act.ts';
import type { BaseCtx, Reader } from '../log/action.ts';
import type { AnyAction, Ctx, Decision } from './action.ts';
import { ACTIONS } from './actions.ts';
import { CONVERSATIONS } from './conversations/conversation.ts';
import { refuseStale } from './history/stale.ts';
import { KINDS } from './kinds.ts';
import { ORG, rightsOf } from './members/rights.ts';
import { withNeeds } from './needs/raise.ts';
import { called, namesOfAll } from './people/directory.ts';
import { PODS } from './pod/pod.ts';
import { withRuns } from './runs/hold.ts';
import { withInstructions } from './runs/steering/follow-instructions.ts';
import { withFreed } from './runs/steps/free-steps.ts';
import { withStepsHandedOn } from './runs/steps/hand-steps-on.ts';
import { withoutStopped } from './runs/stopped-wakes.ts';
import { withCards } from './tasks/cards/card.ts';
import { withGraph } from './tasks/graph/follow-graph.ts';
import { withReview } from './tasks/review/follow-versions.ts';

/** An act before its decision: everything by which the gate judges it. */
export interface Call {
  definition: AnyAction;
  request: ActRequest;
  ctx: Ctx;
  /** Absent if `load` threw NotFound. */
  loaded?: { view: unknown };
}

/** @throws NotAllowed if the call may not run; the message gives the reason, and says who may */
export type Gate = (read: Reader, call: Call) => Promise<void>;

/** Returns the kinds and actions of pods for the engine, with this gate. */
export function meaningWith(gate: Gate): Meaning {
  return {
    kinds: KINDS,
    actions: ACTIONS,
    decide(read, definition: AnyAction, request, base) {
      return decide(gate, read, definition, request, base);
    },
  };
}

async function decide(
  gate: Gate,
  read: Reader,
  definition: AnyAction,
  request: ActRequest,
  base: BaseCtx,
): Promise<Decision<unknown>> {
  if (definition.org && request.pod !== ORG)
    throw new InvalidInput(`${definition.title} belongs to the organisation: use the pod “${ORG}”.`);
  const ctx = await contextOf(read, definition, request, base);
  const call = { definition, request, ctx };
  const view = await definition.load(read, request.input, ctx).catch(async (error: unknown) => {
    // The gate is asked before the error is thrown: a caller without the right must get the gate's refusal, because
    // NotFound would tell them what exists.
    if (error instanceof UserFacingError) await gate(read, call);
    throw error;
  });
  await gate(read, { ...call, loaded: { view } });
  if (request.facts?.held) await refuseUnknown(read, call, view);
  const reviewed = await withReview(read, definition.decide(view, request.input, ctx), ctx);
  const followsGraph = await withGraph(read, reviewed, ctx);
  const decided = await withInstructions(read, followsGraph, ctx);
  const followed = await withStepsHandedOn(read, await withFreed(read, decided, ctx), ctx);
  const decision = await withNeeds(read, await withoutStopped(read, followed, ctx), ctx);
  return withRuns(read, await withCards(read, decision, ctx), ctx, request.ears);
}

/** @throws Conflict if the call of a session replaces a text that the session does not know */
async function refuseUnknown(read: Reader, { definition, request }: Call, view: unknown): Promise<void> {
  const held = request.facts?.held;
  const replaced = held && definition.replaces?.(view, request.input);
  const kind = replaced && KINDS.get(replaced.on);
  if (held && replaced && kind) await refuseStale(read, { kind, doc: replaced.doc }, held);
}

async function contextOf(read: Reader, definition: AnyAction, request: ActRequest, base: BaseCtx): Promise<Ctx> {
  const { pod } = request;
  const { ears } = request;
  const [podDoc, { role, narrowedBy }] = await Promise.all([
    pod === ORG ? undefined : read.get(PODS, pod),
    rightsOf(read, request, definition.effect),
    // Read ahead: the gate asks for it, and reads that go side by side are one command to the store.
    ears && definition.effect !== 'read' ? read.get(CONVERSATIONS, ears.conversation) : undefined,
  ]);
  return {
    ...base,
    role,
    ...(narrowedBy ? { narrowedBy: called(await namesOfAll(read, [narrowedBy]), narrowedBy) } : {}),
    ...(podDoc ? { podDoc } : {}),
    ...(request.facts?.call ? { call: request.facts.call } : {}),
  };
}
