// Reads that are sent as one command, by what the driver gets.
import { expect } from 'chai';
import type { mongo } from 'mongoose';
import { type Found, gatherReads } from '../../../src/store/mongo/gather-reads.ts';

const BROKEN = { broken: true };

/** A database that has a document for each id that is asked for, and refuses the broken filter. */
function aDatabase() {
  const commands: string[] = [];
  const rowsOf = (filter: { _id?: string | { $in: string[] }; broken?: boolean }, shown: object = {}): Found[] => {
    if (filter.broken) throw new Error('The filter is broken.');
    const ids = typeof filter._id === 'object' ? filter._id.$in : [filter._id ?? 'first'];
    return ids.map((_id) => ({ _id, ...shown }));
  };
  type Project = { part: { $literal: number } };
  type Stage = { $match?: object; $unionWith?: { pipeline: Stage[] }; $project?: Project };
  const pipelineOf = (stages: readonly Stage[]): object[] => {
    const { part, ...shown } = stages.find(({ $project }) => $project)?.$project ?? {};
    return stages.flatMap(({ $match, $unionWith }) => [
      ...($match ? rowsOf($match, shown).map((row) => ({ ...row, part: part?.$literal })) : []),
      ...($unionWith ? pipelineOf($unionWith.pipeline) : []),
    ]);
  };
  const collection = (name: string) => ({
    find: (filter: object) => ({
      async toArray() {
        commands.push(`find ${name}`);
        return rowsOf(filter);
      },
    }),
    aggregate: (stages: readonly Stage[]) => ({
      async toArray() {
        commands.push(`aggregate ${name}`);
        return pipelineOf(stages);
      },
    }),
  });
  return { read: gatherReads({ collection } as unknown as mongo.Db), commands };
}

describe('reads that go side by side', () => {
  it('are one command, and each reader gets its own documents', async () => {
    const { read, commands } = aDatabase();
    const found = await Promise.all([
      read('people', {}, { ids: ['ada', 'ben', 'ada'] }),
      read('people', {}, { ids: ['ben'] }),
      read('tasks', {}, { filter: {}, sort: new Map(), limit: 1 }),
    ]);
    expect(found.map((rows) => rows.map(({ _id }) => _id))).to.deep.equal([['ada', 'ben'], ['ben'], ['first']]);
    expect(commands).to.deep.equal(['aggregate people']);
  });

  it('get the fields that each of them asked for, also of the same documents', async () => {
    const { read } = aDatabase();
    const found = await Promise.all([
      read('people', { name: 1 }, { ids: ['ada'] }),
      read('people', { mail: 1 }, { ids: ['ada'] }),
    ]);
    expect(found.flat().map((row) => Object.keys(row).filter((field) => field !== 'part'))).to.deep.equal([
      ['_id', 'name'],
      ['_id', 'mail'],
    ]);
  });

  it('fail alone: what is wrong with one is no matter of the others', async () => {
    const { read } = aDatabase();
    const [broken, ada] = await Promise.allSettled([
      read('tasks', {}, { filter: BROKEN, sort: new Map() }),
      read('people', {}, { ids: ['ada'] }),
    ]);
    expect(broken).to.have.nested.property('reason.message', 'The filter is broken.');
    expect(ada).to.have.property('status', 'fulfilled');
  });

  it('may be very many in one moment', async () => {
    const { read, commands } = aDatabase();
    const since = performance.now();
    const ids = Array.from({ length: 20_000 }, (_, n) => `p${n}`);
    const found = await Promise.all(ids.map((id) => read('people', {}, { ids: [id] })));
    expect(found.map(([row]) => row?._id)).to.deep.equal(ids);
    expect(commands.length).to.equal(1);
    expect(performance.now() - since, 'milliseconds').to.be.lessThan(2000);
  });
});
