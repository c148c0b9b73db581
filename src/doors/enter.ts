// The one function that every door calls: it performs an action, given the participant, the action's name and its
// input.
import { randomUUID } from 'node:crypto';
import { NotFound } from '../errors.ts';
import { type Act, actionNamed } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import type { Via } from '../log/commit.ts';
import type { ParticipantId } from '../log/participant.ts';
import type { Origin } from '../log/place.ts';
import { ACTIONS } from '../pods/actions.ts';
import { podFor } from '../pods/pod/pod-named.ts';
import { actorNamed, personNamed } from './names.ts';
import { withNewcomer } from './newcomer.ts';

export interface EnterDeps {
  act: Act;
  read: Reader;
}

/** A participant whom the door has authenticated, by account or by mail address. */
export interface Known {
  id: string;
  name: string;
}

export interface Entry {
  /** The actor: an authenticated participant, or a name, handle or id as people write it. */
  as: string | Known;
  /** The person for whom an agent acts, as people write the name. */
  for?: string | undefined;
  /**
   * The pod: its name or id as people write it, or the pod that the door found. Absent: the pod that the input
   * identifies, if any.
   */
  pod?: string | { id: string } | undefined;
  action: string;
  /** The input, which the action parses. Absent means `{}`. */
  input?: unknown;
  via: Via;
  /** The idempotency key, derived from the cause of the call. If absent, each call is a new act. */
  key?: string | undefined;
  origin?: Origin;
}

export interface Entered<R = unknown> {
  result: R;
  /** The commit of the act. Absent for an action that only reads. */
  commit?: { pod: string; seq: number };
  /** True if the key was used before. `result` is then the result of the first call. */
  repeated: boolean;
}

/**
 * Resolves the names, then performs the action for the caller.
 * @throws UserFacingError with a sentence for the caller; Retryable
 */
export async function enter<R = unknown>({ act, read }: EnterDeps, entry: Entry): Promise<Entered<R>> {
  const { as, via, action, input = {}, origin } = entry;
  const definition = actionNamed(ACTIONS, action);
  if (definition.internal) throw new NotFound(`${action} is Skein's own: nobody else can do it.`);
  const actor = typeof as === 'string' ? await actorNamed(read, as) : { ...as, id: as.id as ParticipantId };
  const onBehalfOf = entry.for === undefined ? undefined : await personNamed(read, actor, entry.for);
  const key = entry.key ?? `${via}:${randomUUID()}`;
  const pod = typeof entry.pod === 'object' ? entry.pod.id : await podFor(read, definition, actor, entry.pod, key);
  const caller = { actor: actor.id, via, key, ...(onBehalfOf ? { onBehalfOf } : {}) };
  const perform = (wanted: unknown) => act<R>({ ...caller, pod, action, input: wanted, ...(origin ? { origin } : {}) });
  const { result, commit, repeated } =
    action === 'add_member' ? await withNewcomer({ act, read }, input, caller, perform) : await perform(input);
  return { result, repeated, ...(commit ? { commit: { pod: commit.pod, seq: commit.seq } } : {}) };
}
