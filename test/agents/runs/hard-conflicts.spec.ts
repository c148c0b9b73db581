// Conflicts in a run that have no simple end: three wishes, and an author who leaves.
import { expect } from 'chai';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { calls, newestIn, says, verdicts } from '../office.ts';
import { aSteeredOffice, judges, MAKES, titles } from './steered-office.ts';

describe('two wishes that do not fit together', () => {
  it('are decided first where there are three; the third is judged after that, and then its author is asked too', async () => {
    const { office, world, ada, ben, say, question, instructions, answers } = await aSteeredOffice();
    await world.does(ada, 'change_role', { who: 'gil', role: 'member' });
    office.script.push(
      async () => {
        await say(ben, 'no, green');
        await say(world.gil, 'no, blue');
        return calls(MAKES as never);
      },
      async () => {
        const [first, second, third] = (await instructions()).map(({ n }) => `i${n}`);
        const verdicts = { [`${second}`]: `conflicts ${first}`, [`${third}`]: `conflicts ${first}` };
        return calls(['go_ahead', { calls: [], verdicts }]);
      },
    );
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect((await question())?.asked).to.have.members([ada, ben]);
    expect((await instructions()).map(({ state }) => state)).to.deep.equal(['conflict', 'conflict', 'conflict']);
    await answers(ada, 2);
    office.script.push((request) => {
      expect(newestIn(request)).to.match(/due: i\d+ [^\n]*“no, blue”\nstands: i\d+ Ben Okafor: “no, green”/);
      return calls(verdicts(request, 'conflicts'));
    });
    await office.carry(await answers(ben, 2));
    const [asked, options] = [await question(), (await question())?.options ?? []];
    expect([asked?.number, asked?.asked]).to.deep.equal([2, [ben, world.gil]]);
    const texts = await world.store.bodies.get(options);
    expect([...texts.values()].map(({ text }) => text)).to.deep.equal([
      'Ben Okafor: no, green',
      'Gil Torres: no, blue',
      'Both',
    ]);
    expect(await titles(office)).to.deep.equal([]);
    await answers(ben, 2);
    office.script.push(calls(['create_task', { title: 'Paint the sign blue' }]), says('It is blue.'));
    await office.carry(await answers(world.gil, 2));
    expect(await titles(office)).to.deep.equal(['Paint the sign blue']);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  for (const answered of ['nobody', 'whoever stays', 'whoever leaves'] as const)
    it(`go to the owners when one of the two authors leaves, and neither decides alone: ${answered} has answered`, async () => {
      const { office, world, ada, ben, interrupted, question, instructions, act, answers } = await aSteeredOffice();
      office.script.push(interrupted('no, green'), judges('conflicts'));
      await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
      const first = await question();
      if (answered !== 'nobody') await answers(answered === 'whoever stays' ? ada : ben, 2);
      world.delivered.length = 0;
      await world.does(ben, 'remove_member', { who: 'ben' });
      await act();
      expect((await world.doc(QUESTIONS, first?.id ?? ''))?.withdrawn?.why).to.equal('undecided');
      const asked = await question();
      expect([asked?.number, asked?.role, asked?.needed, asked?.asked]).to.deep.equal([2, 'owners', 1, []]);
      expect(await titles(office)).to.deep.equal([]);
      office.script.push(says('Brown it is.'));
      await office.carry(await answers(ada, 1));
      // Nothing of it locks the next run.
      expect(await instructions()).to.deep.equal([]);
      office.script.push(calls(MAKES as never), says('Brown.'));
      await office.carry(await office.says(ada, '@scribe then add it'));
      expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
    });

  for (const [which, option, made] of [
    ['of who stays', 1, 'brown'],
    ['of who left', 2, 'green'],
  ] as const)
    it(`are done in the same run after an owner has chosen the wish ${which}: it is the owner’s then`, async () => {
      const { office, world, ada, ben, interrupted, question, instructions, act, answers, told } =
        await aSteeredOffice();
      office.script.push(interrupted('no, green'), judges('conflicts'));
      await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
      world.delivered.length = 0;
      await world.does(ben, 'remove_member', { who: 'ben' });
      await act();
      expect((await question())?.role).to.equal('owners');
      office.script.push(calls(['create_task', { title: `Paint the sign ${made}` }]), says('So be it.'));
      await office.carry(await answers(ada, option));
      expect(await titles(office), await told()).to.deep.equal([`Paint the sign ${made}`]);
      expect(await instructions()).to.deep.equal([]);
    });

  it('lock the run still where somebody has left and no owner has decided', async () => {
    const { office, world, ben, ada, say, told } = await aSteeredOffice();
    office.script.push(async () => {
      await say(ben, '@scribe and paint the door');
      await world.does(ben, 'remove_member', { who: 'ben' });
      return calls(MAKES as never);
    }, judges('fits'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal([]);
    expect(await told()).to.contain('you act on the words of Ben Okafor, who is not a member');
  });

  it('are put to the owners where an author leaves before the verdict', async () => {
    const { office, world, ben, ada, say, question } = await aSteeredOffice();
    office.script.push(async () => {
      await say(ben, 'no, green');
      await world.does(ben, 'remove_member', { who: 'ben' });
      return calls(MAKES as never);
    }, judges('conflicts'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect((await question())?.role).to.equal('owners');
  });

  it('give their authors half an hour of the owners’ working time: said late on a Friday, until Monday morning', async () => {
    const { office, world, ada, interrupted, question } = await aSteeredOffice();
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
    await world.does(ada, 'set_hours', { from: '09:00', until: '17:00', days, time_zone: 'UTC' });
    world.clock.now = Date.UTC(2026, 10, 6, 16, 45);
    office.script.push(interrupted('no, green'), judges('conflicts'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    const { at = 0, dueAt = 0 } = (await question()) ?? {};
    const onFriday = Date.UTC(2026, 10, 6, 17) - at;
    expect(onFriday).to.be.within(1, 30 * 60_000 - 1);
    expect(dueAt).to.equal(Date.UTC(2026, 10, 9, 9) + 30 * 60_000 - onFriday);
  });
});
