import { expect } from 'chai';
import fc from 'fast-check';
import { countTokens, promptCache } from '../../../src/practice/model/prompt-cache.ts';
import type { CacheControl, Message, MessagesRequest } from '../../../src/practice/model/wire.ts';

const marker: CacheControl = { type: 'ephemeral' };
const hour: CacheControl = { type: 'ephemeral', ttl: '1h' };
const minute = 60_000;
const turn = (n: number): Message => ({
  role: n % 2 === 0 ? 'user' : 'assistant',
  content: [{ type: 'text', text: `${n} `.repeat(200) }],
});
const turns = (length: number): Message[] => Array.from({ length }, (_, n) => turn(n));

function aRequest(overrides: Partial<MessagesRequest> = {}): MessagesRequest {
  const system = [{ type: 'text', text: 'You are Scribe. '.repeat(200), cache_control: hour }];
  return { model: 'm', max_tokens: 1, system, cache_control: marker, messages: turns(1), ...overrides };
}

function aCache() {
  const clock = { now: 0 };
  return { clock, cache: promptCache(() => clock.now) };
}

describe('the prompt cache of the stand-in model', () => {
  it('writes all of a first request and reads it in the next', () => {
    const { cache } = aCache();
    const first = cache.use(aRequest());
    expect(first).to.include({
      cache_read_input_tokens: 0,
      input_tokens: 0,
      cache_creation_input_tokens: countTokens(aRequest()),
    });
    expect(first.cache_creation.ephemeral_1h_input_tokens).to.be.greaterThan(512);
    expect(first.cache_creation.ephemeral_5m_input_tokens).to.be.greaterThan(0);
    const longer = aRequest({ messages: turns(3) });
    expect(cache.use(longer)).to.deep.include({
      cache_read_input_tokens: countTokens(aRequest()),
      cache_creation_input_tokens: countTokens(longer) - countTokens(aRequest()),
      input_tokens: 0,
    });
  });

  it('forgets the turns after five minutes and the system text after an hour, both counted from the last reading', () => {
    const { cache, clock } = aCache();
    const whole = cache.use(aRequest()).cache_creation_input_tokens;
    clock.now = 4 * minute;
    expect(cache.use(aRequest()).cache_read_input_tokens).to.equal(whole);
    clock.now = 8 * minute;
    expect(cache.use(aRequest()).cache_read_input_tokens).to.equal(whole);
    clock.now = 20 * minute;
    expect(cache.use(aRequest()).cache_read_input_tokens).to.be.within(512, whole - 1);
    clock.now = 90 * minute;
    expect(cache.use(aRequest()).cache_read_input_tokens).to.equal(0);
  });

  for (const [what, change] of [
    ['the model', { model: 'other' }],
    ['a tool', { tools: [{ name: 'x', input_schema: { type: 'object' } }] }],
    ['the system text', { system: [{ type: 'text', text: 'You are Bard. '.repeat(200), cache_control: hour }] }],
  ] as const) {
    it(`reads nothing when ${what} has changed`, () => {
      const { cache } = aCache();
      cache.use(aRequest());
      expect(cache.use(aRequest(change)).cache_read_input_tokens).to.equal(0);
    });
  }

  it('reads the system text alone when the first message has changed', () => {
    const { cache } = aCache();
    const { ephemeral_1h_input_tokens } = cache.use(aRequest()).cache_creation;
    const other = aRequest({ messages: [turn(8)] });
    expect(cache.use(other).cache_read_input_tokens).to.equal(ephemeral_1h_input_tokens);
  });

  it('does not mind moved markers', () => {
    const { cache } = aCache();
    const whole = cache.use(aRequest()).cache_creation_input_tokens;
    const [first] = turns(1);
    const moved = aRequest({
      messages: [
        { role: 'user', content: [{ ...(first?.content[0] as { type: string }), cache_control: marker }] },
        turn(1),
        turn(2),
      ],
    });
    expect(cache.use(moved).cache_read_input_tokens).to.equal(whole);
  });

  it('keeps nothing below 512 tokens, and nothing without a marker', () => {
    const { cache } = aCache();
    const small = aRequest({ system: 'Hi', messages: [{ role: 'user', content: 'Hi' }] });
    for (const request of [small, small])
      expect(cache.use(request)).to.include({ cache_read_input_tokens: 0, cache_creation_input_tokens: 0 });
    const bare = aRequest({ system: 'Hi '.repeat(2000), cache_control: null });
    for (const request of [bare, bare]) expect(cache.use(request).input_tokens).to.equal(countTokens(bare));
  });

  it('looks back twenty blocks from a marker and no further', () => {
    const { cache } = aCache();
    const system = 'You are Scribe. '.repeat(200);
    const first = cache.use(aRequest({ system })).cache_creation_input_tokens;
    expect(cache.use(aRequest({ system, messages: turns(21) })).cache_read_input_tokens).to.equal(first);
    const other = aCache().cache;
    other.use(aRequest({ system }));
    expect(other.use(aRequest({ system, messages: turns(22) })).cache_read_input_tokens).to.equal(0);
  });

  it('accounts for every token exactly once', () => {
    const { cache, clock } = aCache();
    fc.assert(
      fc.property(
        fc.array(fc.record({ length: fc.integer({ min: 1, max: 40 }), wait: fc.integer({ min: 0, max: 8 }) })),
        (uses) => {
          for (const { length, wait } of uses) {
            clock.now += wait * minute;
            const request = aRequest({ messages: turns(length) });
            const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, cache_creation } =
              cache.use(request);
            expect(input_tokens + cache_read_input_tokens + cache_creation_input_tokens).to.equal(countTokens(request));
            expect(cache_creation.ephemeral_1h_input_tokens + cache_creation.ephemeral_5m_input_tokens).to.equal(
              cache_creation_input_tokens,
            );
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
