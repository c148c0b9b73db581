// Why a run's signal ended: a person's stop, told apart from a process that has to let go.

export class Stopped extends Error {
  constructor() {
    super('A person stopped the run.');
    this.name = 'Stopped';
  }
}

export function stopped(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof Stopped;
}
