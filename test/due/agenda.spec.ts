import { expect } from 'chai';
import { agendaWaker, withDatabase } from '../../src/due/agenda.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { refusal } from '../pods/build.ts';

const silent = { info() {}, warn() {}, error() {} };
const missing = !process.env.MONGODB_URI;

describe('agenda as the waker', () => {
  it('works in the database that the store uses', () => {
    expect(withDatabase('mongodb://h:1,h:2')).to.equal('mongodb://h:1,h:2/skein');
    expect(withDatabase('mongodb://h:1/?replicaSet=r')).to.equal('mongodb://h:1/skein?replicaSet=r');
    expect(withDatabase('mongodb+srv://u:p@h/other?w=1')).to.equal('mongodb+srv://u:p@h/other?w=1');
  });

  it('says that it can’t begin where nothing answers, and lets the process live', async () => {
    expect((await refusal(agendaWaker('mongodb://127.0.0.1:9/x', silent, () => {}))).message).to.contain('127.0.0.1:9');
  });

  (missing ? it.skip : it)('wakes one who waits, and stops (needs MONGODB_URI)', async () => {
    const uri = freshDatabase() ?? '';
    let wake = () => {};
    const woken = new Promise<void>((done) => {
      wake = done;
    });
    const waker = await agendaWaker(uri, silent, () => wake());
    await woken;
    await waker.stop();
    await dropDatabase(uri);
  });
});
