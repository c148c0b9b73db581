// Trigger ids. Each is valid for three seconds and opens one view.
import { newId } from '../ids.ts';

const LIFETIME_MS = 3_000;
const FORGOTTEN_MS = 600_000;

export interface Trigger {
  user: string;
  /** The app that was told of the interaction. Absent: the main app. */
  app?: string;
  /** The view in which the interaction happened. Absent for a message. */
  view?: string;
}

export type Redeemed = { kind: 'good'; trigger: Trigger } | { kind: 'refused'; error: string };

export interface Triggers {
  issue(trigger: Trigger): string;
  /** `app`: the app that redeems it; absent: the main app. */
  redeem(id: string, app?: string): Redeemed;
}

export function createTriggers(clock: () => number): Triggers {
  const issued = new Map<string, { trigger: Trigger; at: number; used: boolean }>();
  return {
    issue(trigger) {
      for (const [old, { at }] of issued) if (clock() - at > FORGOTTEN_MS) issued.delete(old);
      const id = `${Math.floor(clock())}.${newId('', 12).toLowerCase()}`;
      issued.set(id, { trigger, at: clock(), used: false });
      return id;
    },
    redeem(id, app) {
      const found = issued.get(id);
      if (found === undefined || found.trigger.app !== app) return { kind: 'refused', error: 'invalid_trigger_id' };
      if (found.used) return { kind: 'refused', error: 'exchanged_trigger_id' };
      if (clock() - found.at > LIFETIME_MS) return { kind: 'refused', error: 'expired_trigger_id' };
      found.used = true;
      return { kind: 'good', trigger: found.trigger };
    },
  };
}
