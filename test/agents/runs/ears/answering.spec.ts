// What a run owes while people talk on: verdicts before it changes something, none for an answer, and each answer once.
import { expect } from 'chai';
import type { ModelRequest } from '../../../../src/agents/model/model.ts';
import { calls, type Line, newestIn, says, verdicts } from '../../office.ts';
import { aSteeredOffice, heldIn, MAKES, titles } from '../steered-office.ts';

describe('an answer', () => {
  const judgements = async ({ world }: Awaited<ReturnType<typeof aSteeredOffice>>) =>
    (await world.commits()).filter(({ action }) => action === 'judge_words').length;
  const said = async ({ office }: Awaited<ReturnType<typeof aSteeredOffice>>) =>
    (await office.thread()).filter((line) => line.startsWith('Scribe: '));

  it('needs no verdict, though wishes of two people stand beside each other, and ends the run', async () => {
    const room = await aSteeredOffice();
    const { office, ada, say, ben } = room;
    const asks: Line = async () => {
      await say(ben, 'and use the big brush');
      return calls(['list_tasks']);
    };
    office.script.push(asks, (request) => {
      expect(newestIn(request)).to.match(/due: i\d+ Ben Okafor\n/);
      return says('Nothing is to be painted.');
    });
    await office.hears(ada, '@scribe what is to be painted?');
    expect(await said(room)).to.deep.equal(['Scribe: Nothing is to be painted.']);
    expect(await judgements(room)).to.equal(0);
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
    expect(await room.instructions()).to.deep.equal([]);
  });

  it('comes where a model gives the verdicts that it reads of while people talk on: after two such turns none is asked for', async () => {
    const room = await aSteeredOffice();
    const { office, ada, ben, say } = room;
    let words = 0;
    const obeys: Line = async (request) => {
      await say(ben, `so, ${++words}`);
      return newestIn(request).includes('<verdicts>') ? calls(verdicts(request, 'none')) : says('It is brown.');
    };
    office.script.push(
      async () => {
        await say(ben, 'and use the big brush');
        return calls(['list_tasks']);
      },
      ...Array.from({ length: 12 }, () => obeys),
    );
    office.script.push(says('It is brown.'));
    await office.says(ada, '@scribe which colour?').then((wakes) => office.carry(wakes));
    // The look, two turns with verdicts alone, the answer.
    expect(office.asked.slice(0, 4).map((request) => newestIn(request).includes('<verdicts>'))).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
    expect(await said(room)).to.include('Scribe: It is brown.');
  });

  it('is free after that, and a change is not: the verdict is asked for again where a call waits for it', async () => {
    const room = await aSteeredOffice();
    const { office, ada, ben, say } = room;
    const meanwhile =
      (next: (request: ModelRequest) => ReturnType<typeof calls>): Line =>
      async (request) => {
        await say(ben, 'and so on');
        return next(request);
      };
    const none = meanwhile((request) => calls(verdicts(request, 'none')));
    office.script.push(
      meanwhile(() => calls(['list_tasks'])),
      none,
      none,
      (request) => {
        expect(newestIn(request)).not.to.include('<verdicts>');
        return calls(MAKES as never);
      },
      (request) => {
        expect(heldIn(request)).to.have.length(1);
        expect(newestIn(request))
          .to.include('your verdict on i')
          .and.match(/due: i\d+ Ben Okafor: “and so on”/);
        return calls(verdicts(request, 'fits', heldIn(request)));
      },
    );
    await office.hears(ada, '@scribe add a task: paint the sign brown');
    expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
  });

  it('in the same words is posted once where nothing came meanwhile that was meant for the agent', async () => {
    const room = await aSteeredOffice();
    const { office, ada, ben, say } = room;
    office.script.push(async () => {
      await say(ben, 'Dev will know');
      return says('It is brown.');
    }, says('It is brown.'));
    await office.hears(ada, '@scribe which colour?');
    expect(office.asked).to.have.length(2);
    expect(await said(room)).to.deep.equal(['Scribe: It is brown.']);
    expect((await office.runs()).map(({ state, ending }) => [state, ending?.as])).to.deep.equal([
      ['ended', 'answered'],
    ]);
    // It is no run without an answer, and the next one owes nothing of it.
    office.script.push(says('It is brown.'));
    await office.hears(ada, '@scribe and the frame?');
    expect(await said(room)).to.have.length(2);
  });

  it('is how the run ended, also where it has nothing to say to what came meanwhile', async () => {
    const room = await aSteeredOffice();
    const { office, ada, ben, say } = room;
    office.script.push(
      async () => {
        await say(ben, 'Dev will know');
        return says('It is brown.');
      },
      calls(['stay_silent']),
    );
    await office.hears(ada, '@scribe which colour?');
    expect(await said(room)).to.deep.equal(['Scribe: It is brown.']);
    expect((await office.runs()).map(({ state, ending }) => [state, ending?.as])).to.deep.equal([
      ['ended', 'answered'],
    ]);
  });

  for (const [what, words] of [
    ['asked by name meanwhile', '@scribe and the frame?'],
    ['answered in other words', 'Dev will know'],
  ] as const)
    it(`is posted a second time where somebody was ${what}`, async () => {
      const room = await aSteeredOffice();
      const { office, ada, ben, say } = room;
      office.script.push(
        async () => {
          await say(ben, words);
          return says('It is brown.');
        },
        says(words.startsWith('@') ? 'It is brown.' : 'Ask Dev then.'),
      );
      await office.hears(ada, '@scribe which colour?');
      expect(await said(room)).to.have.length(2);
    });
});
