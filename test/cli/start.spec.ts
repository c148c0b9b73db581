// skein start: runs until a signal, and stops once.
import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { type StartDeps, startCommand } from '../../src/cli/commands/start.ts';
import { InvalidInput } from '../../src/errors.ts';

const aStart = (over: Partial<StartDeps> = {}) => {
  const signals = new EventEmitter();
  const seen: string[] = [];
  const clock = { now: 0 };
  const deps: StartDeps = {
    run: async () => ({ url: 'http://127.0.0.1:3000', stop: async () => void seen.push('stopped') }),
    ...{ signals, now: () => clock.now, exit: (code) => void seen.push(`exit ${code}`) },
    ...over,
  };
  const io = { env: {}, home: '/nowhere', stdin: async () => '' };
  const say = (text: string) => void seen.push(text.trim());
  const running = startCommand(deps).run({ ...io, out: say, err: say }, []);
  return { signals, seen, clock, running };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('cli/start', () => {
  for (const signal of ['SIGINT', 'SIGTERM'])
    it(`says where it runs, and stops cleanly at ${signal}`, async () => {
      const { signals, seen, running } = aStart();
      await turn();
      expect(seen).to.deep.equal(['Skein runs: http://127.0.0.1:3000\nCtrl-C stops it.']);
      signals.emit(signal);
      await running;
      expect(seen.slice(1)).to.deep.equal(['Stopping; again to stop at once.', 'stopped']);
      expect(signals.eventNames()).to.deep.equal([]);
    });

  it('stops as soon as it has started when the signal came before', async () => {
    const { signals, seen, running } = aStart();
    signals.emit('SIGTERM');
    await running;
    expect(seen.at(-1)).to.equal('stopped');
  });

  it('takes the same signal that comes twice at once for one', async () => {
    const { signals, seen, clock, running } = aStart();
    await turn();
    signals.emit('SIGINT');
    clock.now = 900;
    signals.emit('SIGINT');
    await running;
    expect(seen.filter((line) => line.startsWith('exit'))).to.deep.equal([]);
  });

  it('gives up at once when it is asked again later', async () => {
    let end = () => {};
    const stop = () => new Promise<void>((resolve) => (end = resolve));
    const { signals, seen, clock, running } = aStart({ run: async () => ({ url: 'u', stop }) });
    await turn();
    signals.emit('SIGINT');
    await turn();
    clock.now = 1500;
    signals.emit('SIGINT');
    expect(seen.at(-1)).to.equal('exit 130');
    end();
    await running;
  });

  it('passes on why it could not start', async () => {
    const { signals, running } = aStart({ run: () => Promise.reject(new InvalidInput('PORT is no number.')) });
    const error = await running.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(signals.eventNames()).to.deep.equal([]);
  });
});
