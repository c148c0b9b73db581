// The moments at which a Skein is killed: phases of a journey, as seen from outside, and points in time.
import { setTimeout as delay } from 'node:timers/promises';
import type { Moment, Tap } from './tap.ts';
import type { World } from './world.ts';

export type KillAt =
  | { kind: 'event'; change: 'event-queued' | 'event-settled' }
  | { kind: 'call'; tap: TapName; call: string; nth: number; moment: Moment }
  /** A fraction of the journey's usual duration, from 0 to 1. */
  | { kind: 'time'; part: number };

export type TapName = 'slackTap' | 'modelTap' | 'inTap' | 'outTap';

/** The taps through which a journey runs. `inTap` and `outTap` are on the path of mail. */
export type Tapped = Pick<World, 'slack'> & { [name in TapName]?: Pick<Tap, 'hear'> };

const MOMENTS: readonly Moment[] = ['reached', 'done', 'answered'];
const ALL = 20;

/** The number of kills of one run. Each draws others of the moments, so half of them are enough before a push; .ci/run takes all. */
const KILLS = Number(process.env.SKEIN_KILLS ?? ALL / 2);

/** Every phase of the journey once, then random points in time; of all these as many as a run takes. */
export function moments(random: () => number): KillAt[] {
  const calls = [
    { tap: 'modelTap', call: 'messages', nth: 1 },
    { tap: 'modelTap', call: 'messages', nth: 2 },
    { tap: 'slackTap', call: 'chat.postMessage', nth: 1 },
  ] as const;
  const phases: KillAt[] = [
    { kind: 'event', change: 'event-queued' },
    { kind: 'event', change: 'event-settled' },
    { kind: 'call', tap: 'slackTap', call: 'assistant.threads.setStatus', nth: 1, moment: 'done' },
    ...calls.flatMap((call) => MOMENTS.map((moment) => ({ kind: 'call', ...call, moment }) as const)),
  ];
  return drawn(withTimes(phases, random), random);
}

/** As `moments`, for a mail: from the intake to the task's post, the agent's answer, and the two mails that go out. */
export function mailMoments(random: () => number): KillAt[] {
  const calls = [
    { tap: 'inTap', call: 'mail', nth: 1 },
    { tap: 'slackTap', call: 'chat.postMessage', nth: 1 },
    { tap: 'modelTap', call: 'messages', nth: 1 },
    { tap: 'outTap', call: 'mail', nth: 1 },
    { tap: 'outTap', call: 'mail', nth: 2 },
  ] as const;
  const phases = calls.flatMap((call) => MOMENTS.map((moment) => ({ kind: 'call', ...call, moment }) as const));
  return drawn(withTimes(phases, random), random);
}

function withTimes(phases: readonly KillAt[], random: () => number): KillAt[] {
  const times = Array.from({ length: ALL - phases.length }, () => ({ kind: 'time', part: random() }) as const);
  return [...phases, ...times];
}

function drawn(all: readonly KillAt[], random: () => number): KillAt[] {
  const lots = all.map(() => random());
  const taken = [...lots].sort((a, b) => a - b).slice(0, KILLS);
  return all.filter((_, n) => taken.includes(lots[n] ?? 1));
}

const WAY = { slackTap: '', modelTap: '', inTap: 'incoming ', outTap: 'outgoing ' } as const;

export function named(at: KillAt): string {
  switch (at.kind) {
    case 'event':
      return at.change === 'event-queued' ? 'while the event is on its way' : 'when the event is acknowledged';
    case 'call':
      return `when ${WAY[at.tap]}${at.call} number ${at.nth} is ${at.moment}`;
    case 'time':
      return `after ${Math.round(at.part * 100)} % of the time`;
    default:
      return at satisfies never;
  }
}

/** Calls `kill` at the moment, and resolves then. A call that is only `reached` never takes effect. */
export function when(world: Tapped, at: KillAt, usualMs: number, kill: () => void): Promise<void> {
  switch (at.kind) {
    case 'time':
      return delay(at.part * usualMs).then(kill);
    case 'event':
      return new Promise((resolve) => {
        const off = world.slack.onChange((_notice, change) => {
          if (change.kind !== at.change) return;
          off();
          kill();
          resolve();
        });
      });
    case 'call':
      return new Promise((resolve) => {
        const tap = world[at.tap];
        if (!tap) throw new Error(`There is no ${at.tap} here.`);
        let left = at.nth;
        tap.hear = (call, moment) => {
          if (call !== at.call || moment !== at.moment || --left > 0) return undefined;
          tap.hear = () => undefined;
          kill();
          resolve();
          return moment === 'reached' ? 'lost' : undefined;
        };
      });
    default:
      return at satisfies never;
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
