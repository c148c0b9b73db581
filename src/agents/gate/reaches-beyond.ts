// Tells the calls whose effect is seen outside the pod, or can't be undone.
import type { AnyAction } from '../../pods/action.ts';
import type { Call } from '../../pods/decide.ts';
import { takesPod } from '../../pods/pod/pod-named.ts';

/**
 * True if the effect is seen outside the pod: beyond Skein, in other pods or in the whole organisation. A person's own
 * settings do not count.
 */
export function reachesBeyond({ effect, org, own }: Pick<AnyAction, 'effect' | 'org' | 'own'>): boolean {
  return !own && (effect === 'outside' || (org === true && effect !== 'read'));
}

/** True for a change that an agent makes in another pod than that of its conversation. Only from a DM can it name one. */
export function changesElsewhere({
  definition,
  request: { facts, pod },
}: Pick<Call, 'definition' | 'request'>): boolean {
  const { effect, own, internal } = definition;
  return (
    facts !== undefined && facts.from.pod !== pod && effect !== 'read' && !own && !internal && takesPod(definition)
  );
}
