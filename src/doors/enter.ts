// The one function that every door calls: a participant, the name of an action and its input become one act.
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
  /** The actor: a name, a handle or an id as people write it, or an authenticated participant. */
  as: string | Known;
  /** The person that an agent does it for, as people write it. */
  for?: string | undefined;
  /** A name or an id as people write it, or a pod that the door found. Absent: the pod that the action itself names, if any. */
  pod?: string | { id: string } | undefined;
  action: string;
  /** Parsed by the action. Absent means `{}`. */
  input?: unknown;
  via: Via;
  /** Idempotency key, derived from the cause of the call. Absent: each call is a new act. */
  key?: string | undefined;
  origin?: Origin;
}

export interface Entered<R = unknown> {
  result: R;
  /** Absent for an action that only reads. */
  commit?: { pod: string; seq: number };
  /** True if the key was used before: `result` is then that of the first call. */
  repeated: boolean;
}

/**
 * Resolves the names, then does the action for the caller.
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
  const { result, commit, repeated } = await act<R>({
    ...{ pod, actor: actor.id, via, action, input, key },
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(origin ? { origin } : {}),
  });
  return { result, repeated, ...(commit ? { commit: { pod: commit.pod, seq: commit.seq } } : {}) };
}
