// The outer fields of an Events API callback, in the form that the event parsers need.
import type { Self } from './inbound.ts';

export interface Callback {
  event: unknown;
  team: string;
  eventId: string;
  self: Self;
}
