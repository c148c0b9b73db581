// An Events API callback as its readers see it.
import type { Self } from './inbound.ts';

export interface Callback {
  event: unknown;
  team: string;
  eventId: string;
  self: Self;
}
