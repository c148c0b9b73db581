// A message that begins with “note:” is for people: an agent reads it when it works anyway, and acts on nothing in it.
import { expect } from 'chai';
import { anOffice, calls, says } from '../office.ts';

describe('a note in the conversation of an agent', () => {
  it('wakes nobody, answers no question, and is read with what comes next', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    await office.hears(ada, '@scribe hello');
    expect(await office.says(ben, 'note: the mill is closed on Friday')).to.deep.equal([]);
    await office.hears(ada, '@scribe which day?');
    expect(office.asked.at(-1)?.messages.at(-1)).to.include('the mill is closed on Friday');
  });

  it('is one with “/note” in front, too, and not with a word that only begins so', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    await office.hears(ada, '@scribe hello');
    expect(await office.says(ben, '/note @scribe is slow today')).to.deep.equal([]);
    expect(await office.says(ben, '/notebook @scribe which day?')).to.have.length(1);
  });

  it('holds nothing back while the agent works, and the run ends without a turn for it', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    office.script.push(
      async () => {
        await office.says(ben, 'note: she is quick today');
        return calls(['create_task', { title: 'Order boxes' }]);
      },
      async () => {
        await office.says(ben, 'note: really quick');
        return says('Done.');
      },
    );
    const wakes = await office.says(ada, '@scribe order boxes');
    await office.carry(wakes);
    const { tasks } = await office.world.does(ada, 'list_tasks');
    expect(tasks.map(({ title }: { title: string }) => title)).to.deep.equal(['Order boxes']);
    expect(office.asked).to.have.length(2);
  });

  it('that is edited into a message for the agent is one', async () => {
    const office = await anOffice();
    const { world } = office;
    await office.hears(world.ada, '@scribe hello');
    const { message } = await world.does(world.ben, 'post_message', {
      conversation: office.conversation,
      text: 'note: which day?',
    });
    world.delivered.length = 0;
    await world.does(world.ben, 'edit_message', { message: message.id, text: '@scribe which day?' });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(office.asked.at(-1)?.messages.at(-1)).to.include('which day?');
    expect(office.asked).to.have.length(2);
  });
});
