// Property: any sequence of operations has the same results as in the memory store.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Condition, Query, Scalar } from '../../src/store/port.ts';
import { type Opened, specs, type Thing } from './contract-data.ts';
import { memoryStore } from './memory.ts';

type Operation = (things: Collection<Thing>, pod: string) => Promise<unknown>;

const ids = fc.integer({ min: 0, max: 7 });
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('', 'a', 'b', '\u{1F600}'),
  fc.boolean(),
);
const number = fc.integer({ min: 0, max: 3 });

const thing = fc.record(
  {
    n: ids,
    key: fc.constantFrom('k', 'l', 'm'),
    tags: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
    rank: fc.option(number),
    state: fc.constantFrom('queued', 'done'),
    leaseUntil: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['n', 'state', 'leaseUntil'] },
);

const bounds = (value: fc.Arbitrary<Scalar>) =>
  fc.oneof(
    fc.record({ gt: value }),
    fc.record({ gte: value, lt: value }),
    fc.record({ lte: value }),
    fc.record({ gt: value, lte: value }),
  );
const condition: fc.Arbitrary<Condition> = fc.oneof(
  scalar,
  fc.record({ in: fc.array(scalar, { maxLength: 3 }) }),
  bounds(scalar),
);
const where = fc.record(
  { tags: condition, rank: condition, state: fc.constantFrom('queued', 'done') },
  { requiredKeys: [] },
);
const direction = fc.constantFrom('asc', 'desc');
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('rank', 'n', 'state', 'key'), direction), {
  maxLength: 2,
  selector: ([field]) => field,
});
const limit = fc.integer({ min: 1, max: 5 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.array(fc.tuple(ids, thing), { minLength: 1, maxLength: 3 }).map(
    (given): Operation =>
      (things, pod) =>
        things.insert(given.map(([id, rest]) => whole(pod, id, rest))),
  ),
  fc.tuple(ids, thing, number).map(
    ([id, rest, rev]): Operation =>
      (things, pod) =>
        things.replace(whole(pod, id, rest), rev),
  ),
  fc.tuple(sort, number).map(
    ([order, now]): Operation =>
      (things, pod) =>
        things.claim(
          { where: { pod, state: 'queued' }, sort: order as never },
          { by: `at ${now}`, now, until: now + 1 },
        ),
  ),
  ids.map(
    (id): Operation =>
      (things, pod) =>
        things.delete(`${pod}-${id}`),
  ),
  ids.map(
    (id): Operation =>
      (things, pod) =>
        things.get(`${pod}-${id}`),
  ),
  fc.tuple(where, sort, limit).map(
    ([asked, order, most]): Operation =>
      async (things, pod) => {
        const query = { where: { pod, ...asked }, sort: order, limit: most } as unknown as Query<Thing>;
        const page = await things.find(query);
        const after = page.at(-1);
        return [page, after ? await things.find({ ...query, after }) : []];
      },
  ),
);

const whole = (pod: string, id: number, rest: object): Thing =>
  ({ id: `${pod}-${id}`, rev: 1, pod, leaseBy: '', ...rest }) as Thing;

const outcome = (promise: Promise<unknown>) => promise.catch((error: Error) => `${error.name}: ${error.message}`);

export function modelContract({ things, pod }: Opened): void {
  it('does what the memory store does, whatever the operations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), async (operations) => {
        const name = pod();
        const model = memoryStore(specs).collection<Thing>('things');
        for (const each of operations)
          expect(await outcome(each(things(), name))).to.deep.equal(await outcome(each(model, name)));
      }),
      { numRuns: 60 },
    );
  });
}
