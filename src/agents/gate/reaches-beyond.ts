// Tells the actions whose effect is seen outside the pod, or can't be undone.
import type { AnyAction } from '../../pods/action.ts';

/**
 * True if the effect is seen outside the pod: beyond Skein, in other pods or in the whole organisation. A person's own
 * settings do not count.
 */
export function reachesBeyond({ effect, org, own }: Pick<AnyAction, 'effect' | 'org' | 'own'>): boolean {
  return !own && (effect === 'outside' || (org === true && effect !== 'read'));
}
