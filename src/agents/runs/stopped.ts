// The abort reason of a person's stop. Any other reason means that the process is shutting down.

export class Stopped extends Error {
  constructor() {
    super('A person stopped the run.');
    this.name = 'Stopped';
  }
}

export function stopped(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof Stopped;
}
