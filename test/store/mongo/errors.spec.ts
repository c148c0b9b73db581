// Failures of MongoDB, as people and queues see them.
import { expect } from 'chai';
import { mongo } from 'mongoose';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import { calling } from '../../../src/store/mongo/errors.ts';
import { openMongo } from '../../../src/store/mongo/open.ts';

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as Error,
  );

describe('opening MongoDB', () => {
  for (const [what, uri] of [
    ['nobody answers', 'mongodb://user:hush@127.0.0.1:1/?serverSelectionTimeoutMS=100'],
    ['the address is none', 'postgres://user:hush@127.0.0.1/x'],
    ['the password is not encoded', 'mongodb://user:hu%sh/y@127.0.0.1/x'],
  ] as const)
    it(`says what to do when ${what}, without the password`, async () => {
      const error = await thrownBy(openMongo({ uri, specs: [] }));
      expect(error).to.be.instanceOf(InvalidInput);
      expect(error?.message)
        .to.contain('MONGODB_URI')
        .and.not.to.match(/hu%?sh|user:[^p]/);
    });
});

describe('an error of MongoDB', () => {
  const passing: [string, Error][] = [
    ['a lost connection', new mongo.MongoNetworkError('gone')],
    ['a primary that stepped down', new mongo.MongoServerError({ message: 'not primary', code: 10107 })],
    [
      'a bulk write cut off by a lost connection',
      new mongo.MongoBulkWriteError(new mongo.MongoNetworkError('gone'), {} as never),
    ],
  ];
  for (const [what, error] of passing)
    it(`may pass when it is ${what}`, async () => {
      expect(await thrownBy(calling(() => Promise.reject(error)))).to.be.instanceOf(Retryable);
    });

  it('stays what it is when it will not pass', async () => {
    const error = new mongo.MongoServerError({ message: 'bad filter', code: 2 });
    expect(await thrownBy(calling(() => Promise.reject(error)))).to.equal(error);
  });
});
