// The MongoDB store keeps the contract, on a real server in a database of its own.
import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { openMongo } from '../../src/store/mongo/open.ts';
import { storeContract } from './contract.ts';

const uri = process.env.MONGODB_URI;

if (uri === undefined) {
  describe('the mongo store', () => {
    it.skip('keeps the contract (needs MONGODB_URI)');
  });
} else {
  storeContract(
    'mongo',
    async () => {
      const database = `skein_test_${randomUUID().replaceAll('-', '')}`;
      return {
        open: (specs) => openMongo({ uri, database, specs }),
        async remove() {
          const connection = await createConnection(uri, { dbName: database }).asPromise();
          await connection.dropDatabase();
          await connection.close();
        },
      };
    },
    { whole: false },
  );
}
