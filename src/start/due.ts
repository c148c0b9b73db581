// Starts the timers that do due acts and chores.
import { makeChores } from '../due/chores.ts';
import { CHORES, DUE } from '../due/list.ts';
import { makePoll } from '../due/poll.ts';
import { startTimers, type Timers } from '../due/start.ts';
import type { Logger } from '../logger.ts';
import type { Core } from './core.ts';

export function startDue(core: Core, mongodbUri: string | undefined, logger: Logger): Promise<Timers> {
  const { act, read, clock, store, inbox, outbox } = core;
  const looks = [
    makePoll({ things: DUE, act, read, clock, logger }),
    makeChores(CHORES, { store, inbox, outbox, logger }, clock),
  ];
  if (!mongodbUri) return startTimers(looks, { logger });
  // Imported only here, because a start with the embedded store does not need agenda.
  const wakeUp = async (wake: () => void) => (await import('../due/agenda.ts')).agendaWaker(mongodbUri, logger, wake);
  return startTimers(looks, { logger, wakeUp });
}
