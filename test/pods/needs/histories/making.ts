// The parts of which the random acts of a history are made.
import type { ActRequest } from '../../../../src/log/act.ts';
import type { AgentId, ParticipantId, PersonId } from '../../../../src/log/participant.ts';
import type { Random } from '../../../protocol/random.ts';
import type { MemoryData } from '../../../store/memory.ts';

export interface Cast {
  pod: string;
  ada: PersonId;
  ben: PersonId;
  gil: PersonId;
  scribe: AgentId;
  pilot: AgentId;
}

/** An act in the pod, or in `pod`. */
export type Wish = Pick<ActRequest, 'action' | 'input' | 'actor' | 'via' | 'origin' | 'onBehalfOf' | 'conversation'> & {
  pod?: string;
};

export interface Making {
  random: Random;
  cast: Cast;
  data: MemoryData;
  /** Makes the texts unique, so that they are found again in what was sent. */
  n: number;
}

export const by = (actor: ParticipantId, action: string, input: unknown): Wish => ({
  ...{ actor, action, input },
  via: actor === 'skein' ? 'skein' : 'cli',
});

/** Ada and Ben act for themselves, and Scribe for one of them. */
export function somebody({ random, cast }: Making): Pick<Wish, 'actor' | 'via' | 'onBehalfOf'> {
  const { ada, ben, scribe } = cast;
  const actor = random.pick([ada, ada, ben, scribe]);
  if (actor !== scribe) return { actor, via: 'cli' };
  return { actor, via: 'agent' as ActRequest['via'], onBehalfOf: random.pick([ada, ben]) };
}

export function docs<D>({ data }: Pick<Making, 'data'>, view: string): D[] {
  return [...(data.docs.get(view)?.values() ?? [])] as unknown as D[];
}

export function oneOf<T>(random: Random, all: readonly T[]): T | undefined {
  return all[random.below(all.length)];
}
