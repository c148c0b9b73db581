// People pause agents, let them go on, take their work over and hand it back: who may, what comes of it, who hears.
import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed } from '../../../src/errors.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { withheldIn } from '../../../src/pods/conversations/words/withheld.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('an agent at work', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const made = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: '@scribe count them' });
    conversation = made.conversation.id;
    world.delivered.length = 0;
  });

  const does = (who: keyof World, action: string, more: object = {}): Promise<Json> =>
    world.does(world[who] as World['ada'], action, { conversation, ...more });
  const says = (who: keyof World, text: string) => does(who, 'post_message', { text });
  const state = async () => withheldIn((await world.doc(CONVERSATIONS, conversation))?.atWork, world.scribe);
  const lines = async (): Promise<string[]> => {
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation, limit: 50 });
    return messages.flatMap(({ from, text }: Json) => (from === 'Skein' ? [text] : []));
  };
  const kinds = () => world.delivered.map(({ kind }) => kind);
  const refused = async (who: keyof World, action: string, more: object = {}) => refusal(does(who, action, more));

  it('is paused, and the thread says by whom, that what is written is kept, and how it goes on', async () => {
    expect(await does('gil', 'pause_run', { agent: 'scribe' })).to.deep.equal({
      ...{ agents: [world.scribe], paused_by: ['Gil Torres'] },
    });
    expect(kinds()).to.deep.equal(['post']);
    expect(await lines()).to.deep.equal([
      'Gil Torres paused Scribe. What you write here is kept, and heard when it goes on. To let it go on, write “go on”.',
    ]);
    world.delivered.length = 0;
    await does('gil', 'resume_run');
    expect(kinds().sort()).to.deep.equal(['post', 'update', 'wake']);
    expect(await state()).to.equal(undefined);
    expect((await lines()).at(-1)).to.equal('Gil Torres let Scribe go on.');
  });

  it('stays paused while one who paused it has not let it go on, and everybody who paused it hears that it does', async () => {
    await does('gil', 'pause_run');
    await does('ben', 'pause_run');
    expect((await lines()).at(-1)).to.equal(
      'Ben Okafor paused Scribe too. Gil Torres and Ben Okafor have to let it go on.',
    );
    world.delivered.length = 0;
    expect(await does('ben', 'resume_run')).to.deep.include({ paused_by: ['Gil Torres'] });
    expect(kinds()).not.to.include('wake');
    expect((await lines()).at(-1)).to.equal(
      'Ben Okafor lets Scribe go on, but Gil Torres has paused it too, so it stays paused.',
    );
    expect(await state()).to.deep.include({ by: [world.gil] });
    await does('gil', 'resume_run');
    expect((await lines()).at(-1)).to.equal('Gil Torres let Scribe go on. @ben: you had paused it.');
    expect(kinds().filter((kind) => kind === 'wake')).to.have.length(1);
  });

  it('goes on over the pauses of others if an owner says so, and by nobody else', async () => {
    await does('gil', 'pause_run');
    const no = await refused('ben', 'resume_run');
    expect(no).to.be.instanceOf(NotAllowed);
    expect(no.message).to.equal('Gil Torres paused Scribe. Only they, or an owner of the pod, can let it go on.');
    await does('ada', 'resume_run');
    expect((await lines()).at(-1)).to.equal('Ada Lindqvist let Scribe go on. @gil: you had paused it.');
    expect(await state()).to.equal(undefined);
  });

  it('says what is not so: paused twice, not paused, nobody at work', async () => {
    await does('ben', 'pause_run');
    expect((await refused('ben', 'pause_run')).message).to.equal(
      'You have paused Scribe already. Write “go on” when it may go on.',
    );
    await does('ben', 'resume_run');
    expect(await refused('ben', 'resume_run')).to.be.instanceOf(InvalidInput);
    expect((await refused('ben', 'pause_run', { agent: 'pilot' })).message).to.equal(
      'Pilot is not at work in this conversation.',
    );
  });

  it('is paused by a word in the thread, and let go on, which wakes it once and asks nothing else of it', async () => {
    const { message } = await says('ben', '@scribe pause');
    expect(await state()).to.deep.include({ how: 'paused', by: [world.ben] });
    expect(kinds()).to.deep.equal(['post', 'post']);
    expect(await world.doc(MESSAGES, message.id)).to.deep.include({ steers: true });
    world.delivered.length = 0;
    await says('ben', 'go on');
    expect(kinds().filter((kind) => kind === 'wake')).to.have.length(1);
    expect(await state()).to.equal(undefined);
  });

  it('tells in the thread why a word did nothing', async () => {
    await does('gil', 'pause_run');
    await says('ben', '@scribe go on');
    expect(await state()).to.deep.include({ how: 'paused' });
    expect((await lines()).at(-1)).to.equal(
      'Gil Torres paused Scribe. Only they, or an owner of the pod, can let it go on.',
    );
    await says('gil', 'I take over');
    expect((await lines()).at(-1)).to.equal('Only members of the pod can take work over from an agent.');
  });

  it('loses its work to whoever takes it over, and hears their words when it comes back', async () => {
    await does('ben', 'take_over', { agent: 'scribe' });
    expect(await state()).to.deep.include({ how: 'taken', by: [world.ben] });
    expect((await lines()).at(-1)).to.match(/^Ben Okafor has taken this over from Scribe, which does nothing here/);
    expect((await refused('gil', 'hand_back')).message).to.include('Only members');
    world.delivered.length = 0;
    const { message } = await does('ben', 'hand_back', { note: 'The intro is done, now the rest.' });
    expect(kinds().sort()).to.deep.equal(['post', 'update', 'wake']);
    const texts = await world.does(world.ada, 'read_conversation', { conversation, limit: 1 });
    expect(texts.messages[0]).to.deep.include({ id: message.id, from: 'Ben Okafor' });
    expect(texts.messages[0].text).to.equal('@scribe over to you again. The intro is done, now the rest.');
    expect(await state()).to.equal(undefined);
  });

  it('is handed back by an owner in place of whoever has it, who hears of it, and by no other', async () => {
    await does('ben', 'take_over');
    expect(await refused('ben', 'take_over')).to.be.instanceOf(Conflict);
    expect((await refused('ada', 'take_over')).message).to.equal('Ben Okafor has taken this over from Scribe already.');
    expect(await refused('ada', 'pause_run')).to.be.instanceOf(InvalidInput);
    await says('ada', '@scribe over to you again: finish it');
    expect((await lines()).at(-1)).to.equal('@ben: Ada Lindqvist handed this back to Scribe.');
    expect(kinds().filter((kind) => kind === 'wake')).to.have.length(1);
  });

  it('is paused and taken over by people alone', async () => {
    expect(await refused('pilot', 'pause_run')).to.be.instanceOf(NotAllowed);
    expect(await refused('zoe', 'pause_run')).to.be.instanceOf(NotAllowed);
  });

  it('loses every pause by a stop, and is then free for the next request', async () => {
    await does('ben', 'pause_run');
    await says('ada', '@scribe stop');
    expect(await state()).to.equal(undefined);
    world.delivered.length = 0;
    await says('ada', '@scribe count again');
    expect(kinds()).to.deep.equal(['post', 'wake']);
  });

  it('is paused while it waits for an answer, and goes on by the answer once nobody has paused it', async () => {
    const asked = await world.does(world.scribe, 'ask', { to: ['ben'], question: 'Which boxes?', conversation });
    await world.act({
      ...{ pod: world.pod, actor: world.scribe, via: 'model', action: 'end_run', input: { conversation }, key: 'end' },
      ears: { conversation, upTo: 1_000, ends: true },
    });
    await does('ben', 'pause_run', { agent: 'scribe' });
    expect(await state()).to.deep.include({ how: 'paused' });
    await world.does(world.ben, 'answer_question', { question: asked.question.number, text: 'The blue ones' });
    world.delivered.length = 0;
    await does('ben', 'resume_run');
    expect(kinds()).to.include('wake');
  });

  it('has asked something that “pause” and “I take over” do not answer, unless they are among its options', async () => {
    const asks = async (more: object): Promise<Json> =>
      (await world.does(world.scribe, 'ask', { to: ['ben'], question: 'Rye or wheat?', conversation, ...more }))
        .question;
    const answersOf = async ({ id }: Json) => (await world.doc(QUESTIONS, id))?.answers.length;
    const rye = await asks({});
    await says('ben', 'pause');
    expect(await state()).to.deep.include({ how: 'paused', by: [world.ben] });
    await does('ben', 'resume_run');
    await says('ben', 'I take over');
    expect(await state()).to.deep.include({ how: 'taken' });
    expect(await answersOf(rye)).to.equal(0);
    await does('ben', 'hand_back');
    await says('ben', 'rye');
    expect(await answersOf(rye)).to.equal(1);
    const choice = await asks({ question: 'Pause the order or go on with it?', options: ['Pause', 'Go on'] });
    await says('ben', 'pause');
    expect([await answersOf(choice), await state()]).to.deep.equal([1, undefined]);
  });
});
