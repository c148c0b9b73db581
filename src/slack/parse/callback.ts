// The outer fields of an Events API callback, as the event parsers get them.
import type { Self } from './inbound.ts';

export interface Callback {
  event: unknown;
  team: string;
  eventId: string;
  self: Self;
}
