// An account that calls agents over and over while nothing changes wakes nobody any more, person or not, until somebody says so.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('many calls of agents by one account', () => {
  let world: World;
  let conversation: string;
  let task: string;
  beforeEach(async () => {
    world = await aWorld();
    const opened = await world.does(world.ada, 'start_conversation', { title: 'Review', text: 'Hello' });
    conversation = opened.conversation.id;
    task = (await world.does<Json>(world.ada, 'create_task', { title: 'Mend it', assignee: 'scribe', conversation }))
      .task.id;
    world.delivered.length = 0;
  });

  const says = (who: World['ada'], text = '@scribe it fails again') =>
    world.does(who, 'post_message', { conversation, text });
  const answers = () => world.does(world.scribe, 'post_message', { conversation, text: 'I mended it.' });
  const wakes = () => world.delivered.splice(0).filter(({ kind }) => kind === 'wake').length;
  const item = () => world.doc(NEEDS, needId(world.pod, 'owners', { on: 'conversations', id: conversation }));
  const texts = async (): Promise<string[]> =>
    (await world.does(world.ada, 'read_conversation', { conversation, limit: 200 })).messages.map(
      ({ text }: Json) => text,
    );
  /** A bot under Ben's name answers each answer of the agent. */
  const rounds = async (count: number, between: (n: number) => Promise<unknown> = answers) => {
    let woken = 0;
    for (let n = 0; n < count; n++) {
      await says(world.ben);
      woken += wakes();
      await between(n);
      world.delivered.length = 0;
    }
    return woken;
  };

  it('come to an end, and the owners are asked, once', async () => {
    expect(await rounds(100)).to.equal(39);
    expect(
      (await texts()).filter((text) => text.includes('Ben Okafor’s account has called agents here')),
    ).to.have.length(1);
    expect(await item()).to.include({ reason: 'unwoken', state: 'open', count: 1 });
    await says(world.ben, '@scribe go on');
    expect(wakes(), 'Ben is no owner').to.equal(0);
    expect((await item())?.state).to.equal('open');
  });

  it('go on when an owner says so, or when somebody else writes', async () => {
    await rounds(50);
    await says(world.ada, '@scribe go on');
    expect(wakes()).to.equal(1);
    expect((await item())?.state).to.equal('settled');
    expect(await rounds(1)).to.equal(1);
  });

  it('come to an end too when the task is done and sent back in turn', async () => {
    const turn = async () => {
      await world.does(world.scribe, 'complete_task', { task }, { conversation, onBehalfOf: world.ben });
    };
    let woken = 0;
    for (let n = 0; n < 100; n++) {
      await turn();
      world.delivered.length = 0;
      await world.does(world.ben, 'reopen_task', { task });
      woken += wakes();
    }
    expect(woken).to.be.below(60);
    expect((await item())?.state).to.equal('open');
  });

  it('are work where the tasks move on', async () => {
    const next = async (n: number) => {
      if (n % 15 === 0) await world.does(world.ada, 'create_task', { title: `Part ${n}`, conversation });
      await answers();
    };
    expect(await rounds(70, next)).to.equal(70);
    expect(await item()).to.equal(undefined);
  });

  it('are talk where two people speak, and forgotten then', async () => {
    for (let n = 0; n < 40; n++) {
      await says(world.ben);
      await says(world.ada, '@scribe please look');
    }
    expect(wakes()).to.equal(80);
    expect((await world.doc(CONVERSATIONS, conversation))?.calls).to.deep.equal({ by: world.ada, n: 1 });
  });

  it('are not begun by a notice of failure, whomever its reason names', async () => {
    const text = '@pilot @ben The model is not available.';
    await world.does(world.scribe, 'report_failure', { conversation, text });
    expect(wakes()).to.equal(0);
    expect((await world.doc(CONVERSATIONS, conversation))?.asked).to.equal(undefined);
  });

  it('never hold back a stop', async () => {
    await rounds(50);
    await says(world.ben, '@scribe stop');
    expect(world.delivered.filter(({ kind }) => kind === 'halt')).to.have.length(1);
  });
});
