// A filled-in form: it is done once, and a refused one gives every word back to whoever wrote it, wherever they are now.
import { expect } from 'chai';
import type { SlackContext } from '../../../../src/doors/slack/context.ts';
import { aboutText } from '../../../../src/doors/slack/forms/about.ts';
import { formSubmitted } from '../../../../src/doors/slack/forms/submit.ts';
import { Conflict, NotAllowed } from '../../../../src/errors.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { TASKS } from '../../../../src/pods/tasks/task.ts';
import { silent } from '../../../logs.ts';
import { aWorld, type World } from '../../../pods/build.ts';
import { texts } from '../../../texts/words.ts';

const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;

describe('a form that is submitted', () => {
  let world: World;
  const sent: { channel: string; post: { blocks: object[] } }[] = [];
  let whispers = true;
  const slack = (act = world.act): SlackContext =>
    ({
      ...{ act, read: makeReader(world.store), logger: silent, texts, identity: { teamId: 'T1' } },
      linkTo: () => undefined,
      sender: {
        openForm: async () => {
          throw new Conflict('Slack gives three seconds to open a window, and they are over.');
        },
        openDm: async () => 'D1',
        ephemeral: async (one: (typeof sent)[0]) => {
          if (!whispers) throw new NotAllowed('This person is not in the Slack channel.');
          sent.push(one);
        },
        post: async ({ channel, posts: [post] }: { channel: string; posts: (typeof sent)[0]['post'][] }) => {
          if (post) sent.push({ channel, post });
        },
      },
    }) as unknown as SlackContext;
  const form = (
    values: Record<string, string>,
    more: { view?: string; trigger?: string; action?: string; fixed?: Record<string, string> } = {},
  ) => ({
    ...({ kind: 'form', form: 'action', team: 'T1', user: 'Uada', values } as const),
    ...{ view: more.view ?? 'V1', triggerId: more.trigger ?? '1.1' },
    about: aboutText({
      ...{ action: more.action ?? 'create_task', pod: world.pod, channel: 'C1', fixed: more.fixed ?? {}, stored: {} },
    }),
  });
  const tasks = () => makeReader(world.store).find(TASKS, { where: { pod: world.pod } });
  const shown = () => sent.map(({ channel, post }) => `${channel} ${JSON.stringify(post.blocks)}`).join('\n');

  beforeEach(async () => {
    world = await aWorld({ home: { pod: 'p_launch', origin, account: (handle) => `slack:T1:U${handle}` } });
    sent.length = 0;
    whispers = true;
  });

  it('is done once, also if the person saw no answer and submits the same window again', async () => {
    await formSubmitted(slack(), form({ title: 'Bake' }));
    await formSubmitted(slack(), form({ title: 'Bake' }, { trigger: '2.2' }));
    expect(await tasks()).to.have.length(1);
    // Other words there are not lost, and the same words in another window are another task.
    await formSubmitted(slack(), form({ title: 'Bake rye' }, { trigger: '3.3' }));
    await formSubmitted(slack(), form({ title: 'Bake' }, { trigger: '4.4', view: 'V2' }));
    expect(await tasks()).to.have.length(3);
  });

  it('does not come back once the act stands, though nobody can be told in the channel', async () => {
    whispers = false;
    await formSubmitted(slack(), form({ decision: 'We take rye.' }, { action: 'record_decision' }));
    expect((await world.commits()).filter(({ action }) => action === 'record_decision')).to.have.length(1);
    expect(shown()).to.match(/^D1 .*Record a decision: done\./);
    expect(sent).to.have.length(1);
  });

  it('gives every word back that it refuses, and nothing that was only chosen', async () => {
    const long = Array.from({ length: 590 }, (_, n) => `w${n}\n`).join('');
    await formSubmitted(slack(), form({ title: '  ', text: long, assignee: world.ben }));
    const said = shown();
    for (const word of ['w0\\n', 'w300\\n', 'w589']) expect(said).to.include(word);
    expect(said).to.not.include(world.ben);
    expect(await tasks()).to.deep.equal([]);
  });

  it('gives back the other task that somebody wrote in a form about one', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Bake' });
    await formSubmitted(slack(), form({ add: '#77' }, { action: 'change_dependencies', fixed: { task: task.id } }));
    expect(shown()).to.match(/There is no task “#77”.*&gt; #77/);
  });

  it('gives the words back in a direct message to whoever has left the channel', async () => {
    whispers = false;
    await world.does('skein', 'remove_member', { who: world.ada });
    await formSubmitted(slack(), form({ title: 'Ring the mill' }));
    expect(shown()).to.match(/^D1 .*Ring the mill/);
    expect(await tasks()).to.deep.equal([]);
  });
});
