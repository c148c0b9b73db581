// The change with which a conversation begins at a place. Pure.
import type { BodyRef } from '../../../log/body.ts';
import { type Place, placeKey } from '../../../log/place.ts';

export function startedBy(id: string, place: Place, titleRef?: BodyRef) {
  return {
    v: 1,
    on: 'conversations',
    id,
    type: 'conversation_started',
    place,
    placeKey: placeKey(place),
    ...(titleRef ? { titleRef } : {}),
  } as const;
}
