// Odd answers of a model over the wire: people read a clear sentence, and the conversation goes on.
import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import type { TurnDoc } from '../../../src/agents/sessions/session.ts';
import type { Fault } from '../../../src/practice/model/faults.ts';
import { type StandInModel, startStandInModel } from '../../../src/practice/model/server.ts';
import { anOffice, type Office, type Process } from '../office.ts';

describe('an odd answer of the model', () => {
  let office: Office;
  let standIn: StandInModel;
  let skein: Process;
  beforeEach(async () => {
    office = await anOffice();
    standIn = await startStandInModel();
    skein = office.process({ model: anthropicModel({ apiKey: 'practice', baseUrl: standIn.url }) });
  });
  afterEach(() => standIn.stop());

  /** Scribe's answer to a mention. Scribe reports it if the server refuses a request. */
  const answers = async () => {
    const before = (await office.thread()).length;
    await office.hears(office.world.ada, '@scribe which tasks are there?', skein);
    return (await office.thread()).slice(before).filter((line) => line.startsWith('Scribe'));
  };

  for (const [fault, said] of [
    ['blank_beside_call', /^Scribe: .*no tasks|^Scribe: /i],
    ['blank', /^Scribe: I had no answer to that\. Ask me once more/],
    ['empty', /^Scribe: I had no answer to that\. Ask me once more/],
    ['thought_alone', /^Scribe: I had no answer yet\.\n\n_Cut off at the length limit; ask me to go on\._/],
    ['half_character', /^Scribe: /],
    ['half_call', /^Scribe: /],
    ['refused_call', /^Scribe: The stand-in model was told to refuse\.$/],
    ['odd_block', /^Scribe: /],
    ['odd_tool_name', /^Scribe: /],
    [
      'odd_stop',
      /^Scribe: So far\n\n_The model stopped here and gave a reason that I don't know \(“bored”\); ask me to go on\._$/,
    ],
    ['pause', /^Scribe: /],
    ['context_full', /^Scribe: So far\n\n_Cut off at the length limit; ask me to go on\._$/],
  ] as [Fault, RegExp][])
    it(`leaves no conversation stuck: ${fault}`, async () => {
      standIn.faults.next(fault);
      const [first, ...more] = await answers();
      expect(first)
        .to.match(said)
        .and.not.match(/can't work|refused the request/);
      expect(more).to.deep.equal([]);
      const [second] = await answers();
      expect(second)
        .to.include('Stand-in model')
        .and.not.match(/can't work|refused the request/);
      for (const { text } of standIn.requests) expect(text).to.not.match(/\\ud83d(?!\\ud)/);
    });

  it('goes on in an old conversation that holds what the API refuses', async () => {
    await answers();
    const turns = skein.store.collection<TurnDoc>('turns');
    const turnsNow = await office.turns();
    const [asked, said] = [turnsNow[0], turnsNow.at(-1)];
    if (!asked || !said) throw new Error('There are no turns.');
    const blank = JSON.stringify([{ type: 'text', text: '\n\n' }]);
    await turns.replace({ ...said, content: blank }, said.rev);
    await turns.replace({ ...asked, content: asked.content.replace('which', 'which \\ud83d') }, asked.rev);
    const [answer] = await answers();
    expect(answer).to.include('Stand-in model');
  });
});
