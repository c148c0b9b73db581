// Different people want things of one run: its effects wait for the agent's verdict, and in a conflict for the people.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { Origin } from '../../../src/log/place.ts';
import type { Instruction } from '../../../src/pods/conversations/words/instructions.ts';
import { needId } from '../../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { calls, type Line, newestIn, says, verdicts } from '../office.ts';
import { aSteeredOffice, heldIn, judges, MAKES, titles } from './steered-office.ts';

describe('what different people want of one run', () => {
  it('waits for the verdict of the agent, which is told on what, and goes ahead where both fit', async () => {
    const { office, ada, ben, interrupted, instructions } = await aSteeredOffice();
    let seen: Instruction[] = [];
    office.script.push(interrupted('and use the big brush'), judges('fits'), async () => {
      seen = await instructions();
      return says('Done.');
    });
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
    const [, asked] = office.asked.map(newestIn);
    expect(asked).to.match(/as="(i\d+)">and use the big brush<[\s\S]*due: \1 Ben Okafor\n/);
    expect(asked).to.match(
      /Before your next call that changes something.* go_ahead with verdicts.* An answer needs none\./,
    );
    expect(asked).to.match(/stands: i\d+ Ada Lindqvist: “@scribe add a task: paint the sign brown”/);
    expect(seen.map(({ by, state }) => [by, state])).to.deep.equal([
      [ada, 'open'],
      [ben, 'kept'],
    ]);
    expect(await instructions()).to.deep.equal([]);
    if (process.env.SKEIN_TELL) console.log(asked);
  });

  it('stands while the run waits for an answer, so that what somebody else wants meanwhile needs a verdict too', async () => {
    const { office, world, ada, ben, instructions } = await aSteeredOffice();
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['ask', 'wait_for', 'create_task'] });
    office.script.push(
      calls(['ask', { to: ['gil'], question: 'Which wall?' }]),
      calls(['wait_for', { questions: ['q1'] }]),
      calls(MAKES as never),
      says('I see.'),
    );
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect((await instructions()).map(({ by, state }) => [by, state])).to.deep.equal([[ada, 'open']]);
    await office.carry(await office.says(ben, '@scribe no, green'));
    expect(await titles(office)).to.deep.equal([]);
    const [refused = ''] = office.asked.map(newestIn).slice(-1);
    expect(refused).to.match(
      /due: i\d+ Ben Okafor[\s\S]*stands: i\d+ Ada Lindqvist: “@scribe add a task: paint the sign brown”/,
    );
  });

  it('stays held while the agent goes ahead without a verdict; the second time its silence counts as a conflict', async () => {
    const { office, ada, ben, interrupted, question, told } = await aSteeredOffice();
    const goes: Line = (request) => calls(['go_ahead', { calls: heldIn(request) }]);
    office.script.push(interrupted('no, green'), goes, goes);
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal([]);
    expect(newestIn(office.asked[2] as ModelRequest)).to.include('your verdict on i');
    expect(await told()).to.match(/You gave no verdict. i\d+ conflicts with i\d+: .* are asked/);
    expect((await question())?.asked).to.have.members([ada, ben]);
    if (process.env.SKEIN_TELL) console.log(office.asked.map(newestIn).join('\n-----\n'), await office.thread());
  });

  it('ends in a question where each verdict is given alone, and new words come before each call', async () => {
    const { office, world, ada, ben, say, question } = await aSteeredOffice();
    let words = 0;
    /** Ben writes while the model thinks, whatever it then does. */
    const meanwhile =
      (next: (request: ModelRequest) => ReturnType<typeof calls>): Line =>
      async (request) => {
        await say(ben, `and ${++words}`);
        return next(request);
      };
    const round = [meanwhile(() => calls(MAKES as never)), meanwhile((request) => calls(verdicts(request, 'fits')))];
    office.script.push(...Array.from({ length: 10 }, () => round).flat());
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal([]);
    if (process.env.SKEIN_TELL) console.log(office.asked.map(newestIn).join('\n-----\n'));
    expect(office.asked.length, 'requests to the model').to.be.within(9, 12);
    // However much Ben says, the wish beside which his words stand is told.
    const last = newestIn(office.asked.at(-1) as ModelRequest);
    expect(last).to.match(/due: i\d+ Ben Okafor[\s\S]*stands: (i\d+) Ada Lindqvist: “[\s\S]*"replaces \1"/);
    const asked = await question();
    const texts = await world.store.bodies.get([asked?.body ?? '']);
    expect([...texts.values()][0]?.text).to.include('have waited five times');
    expect((await office.runs()).map(({ state, waits }) => [state, waits?.for])).to.deep.equal([
      ['waiting', 'questions'],
    ]);
    // What goes on there is no answer, and wakes nobody: that is what it waits for.
    const requests = office.asked.length;
    for (const text of ['and 99', 'yes', 'I go on with the fence then', 'let me see']) {
      expect(await office.says(ben, text), text).to.deep.equal([]);
      expect((await question())?.state, text).to.equal('open');
    }
    office.script.length = 0;
    office.script.push(calls(MAKES as never));
    await office.carry(await office.says(ben, 'Ok, go on'));
    expect((await question())?.answers.map(({ by, choice }) => [by, choice])).to.deep.equal([[ben, asked?.options[0]]]);
    expect(newestIn(office.asked[requests] as ModelRequest), 'and it hears the rest with it')
      .to.match(/<answer from="Ben Okafor"[^>]* choice="Go on"/)
      .and.include('and 99');
  });

  it('hears as an answer to that what replies to its mail, or begins with its number', async () => {
    const { office, world, ada, ben, question } = await aSteeredOffice();
    await world.does(world.scribe, 'post_message', { conversation: office.conversation, text: 'I begin.' });
    const asks = async () => {
      const input = { to: ['ben'], question: 'Shall I go on?', options: ['Go on', 'Leave it'] };
      await world.does(world.scribe, 'ask_about_call', { ...input, conversation: office.conversation });
      return question();
    };
    const first = await asks();
    expect(first?.onlyOptions).to.equal(true);
    await office.says(ben, 'q1: wait for Ada');
    expect((await question())?.state).to.equal('answered');
    const { id = '' } = (await asks()) ?? {};
    const references = [`<${world.pod}.${needId(world.pod, ben, { on: 'questions', id })}.7@x>`];
    const origin = { kind: 'email', messageId: '<late@x>', at: 1, raw: 'r', references } as Origin;
    const said = { conversation: office.conversation, text: 'Ask Ada first' };
    await world.does(ben, 'post_message', said, { origin });
    expect((await question())?.state).to.equal('answered');
    // Of a plain question that is open too, other words are the answer.
    await asks();
    const plain = { to: ['ben'], question: 'Which colour?', conversation: office.conversation };
    const { question: other } = await world.does(world.scribe, 'ask', plain);
    await office.says(ben, 'Green');
    expect((await world.doc(QUESTIONS, other.id))?.answers).to.have.length(1);
    expect((await world.does(ada, 'list_questions', { question: 'q3' })).questions[0].state).to.equal('open');
  });

  it('is asked of both where the agent says so; nothing runs before they agree, and the run goes on with their answer', async () => {
    const { office, world, ada, ben, interrupted, question, instructions, answers } = await aSteeredOffice();
    office.script.push(interrupted('no, green'), judges('conflicts'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    const asked = await question();
    const texts = await world.store.bodies.get([asked?.body ?? '', ...(asked?.options ?? [])]);
    expect([...texts.values()].map(({ text }) => text)).to.deep.equal([
      'Ada Lindqvist wrote “add a task: paint the sign brown”. Ben Okafor wrote “no, green”. I can’t do both as I read it. Please both say which counts; if you don’t agree within half an hour, I ask an owner.',
      'Ada Lindqvist: add a task: paint the sign brown',
      'Ben Okafor: no, green',
      'Both',
    ]);
    expect((await office.runs()).map(({ state, waits }) => [state, waits?.for])).to.deep.equal([
      ['waiting', 'questions'],
    ]);
    expect((await instructions()).map(({ state }) => state)).to.deep.equal(['conflict', 'conflict']);
    expect(await answers(ben, 2)).to.deep.equal([]);
    let seen: Instruction[] = [];
    office.script.push(async () => {
      seen = await instructions();
      return calls(['create_task', { title: 'Paint the sign green' }]);
    });
    await office.carry(await answers(ada, 2));
    expect(await titles(office)).to.deep.equal(['Paint the sign green']);
    const [first, second] = seen;
    expect([first?.state, first?.replacedBy, second?.state]).to.deep.equal(['replaced', second?.n, 'kept']);
    expect(newestIn(office.asked.at(-2) as ModelRequest)).to.match(
      /number="q1" state="answered".*Ben Okafor.*no, green/s,
    );
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  it('goes to the owners where the two answer differently, and no words of the agent settle it', async () => {
    const { office, world, ada, ben, interrupted, question, instructions, answers, act, told } = await aSteeredOffice();
    office.script.push(interrupted('no, green'), judges('conflicts'), async () => {
      const [first, second] = await instructions();
      return calls(['go_ahead', { calls: ['2.0'], verdicts: { [`i${first?.n}`]: 'none', [`i${second?.n}`]: 'fits' } }]);
    });
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    await office.carry(await office.says(ada, '@scribe please'));
    expect(await told())
      .to.include('Your verdict does not change that.')
      .and.include('asked in q1');
    await answers(ben, 2);
    expect(await answers(ada, 1)).to.deep.equal([]);
    await act();
    const asked = await question();
    expect([asked?.number, asked?.role, asked?.needed, asked?.asked]).to.deep.equal([2, 'owners', 1, []]);
    expect((await instructions()).flatMap((one) => one.question ?? [])).to.deep.equal([asked?.id, asked?.id]);
    const { runs } = await world.does(ada, 'list_runs', { state: 'live' });
    expect([runs[0].questions, runs[0].says.split(' in ')[0]]).to.deep.equal([['q2'], 'Scribe waits for q2']);
    office.script.push(calls(MAKES as never));
    await office.carry(await answers(ada, 1));
    expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
    expect(world.ada).to.equal(ada);
  });

  it('goes to the owners when half an hour of their working time is over', async () => {
    const { office, world, ada, interrupted, question, act } = await aSteeredOffice();
    office.script.push(interrupted('no, green'), judges('conflicts'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    const asked = await question();
    const began = asked?.at ?? 0;
    expect((asked?.dueAt ?? 0) - began).to.equal(30 * 60_000);
    world.delivered.length = 0;
    await world.does('skein', 'question_due', { question: asked?.id, due: asked?.dueAt });
    await act();
    expect([(await question())?.number, (await question())?.role]).to.deep.equal([2, 'owners']);
    const before = await world.doc(QUESTIONS, asked?.id ?? '');
    expect([before?.state, before?.withdrawn?.why]).to.deep.equal(['withdrawn', 'undecided']);
  });

  it('locks the next run too, though the agent has answered meanwhile', async () => {
    const { office, ada, interrupted, instructions, told } = await aSteeredOffice();
    office.script.push(interrupted('no, green'), judges('conflicts'), says('I wait for you both.'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    await office.carry(await office.says(ada, '@scribe what are you doing?'));
    expect((await instructions()).map(({ state }) => state)).to.deep.equal(['conflict', 'conflict']);
    office.script.push(calls(MAKES as never));
    await office.carry(await office.says(ada, '@scribe go on, brown'));
    expect(await titles(office)).to.deep.equal([]);
    expect(await told()).to.include('people are asked in q1');
  });

  it('is moot once one of the two takes their words back: the question goes, and the run goes on with the other', async () => {
    const { office, world, ada, ben, interrupted, question, instructions } = await aSteeredOffice();
    office.script.push(interrupted('no, green'), judges('conflicts'));
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    const [, second] = await instructions();
    world.delivered.length = 0;
    await world.does(ben, 'delete_message', { message: second?.message });
    expect((await question())?.withdrawn?.why).to.equal('moot');
    expect((await instructions()).map(({ state }) => state)).to.deep.equal(['kept', 'withdrawn']);
    office.script.push(calls(MAKES as never));
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
  });

  it('is judged anew when its author edits it, and no earlier verdict counts', async () => {
    const { office, world, ada, ben, interrupted, instructions } = await aSteeredOffice();
    office.script.push(
      interrupted('and use the big brush'),
      async (request) => {
        const [, second] = await instructions();
        await world.does(ben, 'edit_message', { message: second?.message, text: 'and not at all' });
        return calls(verdicts(request, 'fits', heldIn(request)));
      },
      says('I left it.'),
    );
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal([]);
    const last = newestIn(office.asked.at(-1) as ModelRequest);
    expect(last)
      .to.include('was changed since you read it')
      .and.match(/due: (i\d+) Ben Okafor\n/);
  });

  for (const text of [
    '@scribe thanks!',
    'Thank you so much',
    'note: paint is in the shed',
    '@ada are you in on Friday?',
  ])
    it(`does not begin with “${text}”: no verdict is due`, async () => {
      const { office, ada, interrupted, instructions } = await aSteeredOffice();
      let seen: Instruction[] = [];
      office.script.push(
        interrupted(text),
        async (request) => {
          seen = await instructions();
          expect(newestIn(request)).not.to.include('<verdicts>');
          return calls(['go_ahead', { calls: heldIn(request) }]);
        },
        says('Done.'),
      );
      await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
      expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
      expect(seen.map(({ state }) => state).filter((state) => state !== 'open')).to.deep.equal([]);
    });

  it('needs none for what one person says alone', async () => {
    const { office, ada, say } = await aSteeredOffice();
    office.script.push(
      async () => {
        await say(ada, 'no, green');
        return calls(MAKES as never);
      },
      (request) => {
        expect(newestIn(request)).not.to.include('<verdicts>');
        return calls(['create_task', { title: 'Paint the sign green' }]);
      },
    );
    await office.carry(await office.says(ada, '@scribe add a task: paint the sign brown'));
    expect(await titles(office)).to.deep.equal(['Paint the sign green']);
  });
});
