// A workflow that is started in reply to the mail of a task takes the task in.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { ADA, aMailWorld, type MailWorld } from '../mail-world.ts';

const BEN = 'ben@example.org';
const FACTS = {
  ...{ title: 'A question', purpose: 'Answers a customer.' },
  roles: [{ name: 'writer', what: 'Writes it' }],
  steps: [{ id: 'write', task: 'Write: {{about}}', who: 'writer', after: [] }],
};

describe('a workflow that is started in reply to a mail', () => {
  let room: MailWorld;
  beforeEach(async () => {
    room = await aMailWorld();
    const origin = { kind: 'manifest', hash: 'q' } as const;
    await room.world.does('skein', 'import_workflow', { name: 'customer-question', facts: FACTS }, { origin });
    await room.arrives({
      headers: { 'Message-ID': '<m1@example.org>', Subject: 'Sundays', Cc: BEN },
      body: 'Do we deliver on Sundays?\r\n',
    });
  });

  const tasks = (): Promise<TaskDoc[]> =>
    room.mail.read.find(TASKS, { where: { pod: room.world.pod }, sort: [['number', 'asc']] });
  const titles = async () => {
    const all = await tasks();
    const texts = await room.mail.read.texts(all.map(({ titleRef }) => titleRef));
    return all.map(({ titleRef }) => texts.get(titleRef));
  };
  const replies = (body: string, id = 'm2') =>
    room.arrives(
      {
        headers: { 'Message-ID': `<${id}@example.org>`, 'In-Reply-To': '<m1@example.org>', Subject: 'Re: Sundays' },
        body,
      },
      { from: ADA },
    );
  const STARTS = 'workflow customer-question (writer: Ben)\r\n';

  it('is started for its task, which joins it', async () => {
    await replies(STARTS);
    expect(await titles()).to.deep.equal(['Sundays', 'A question: Sundays', 'Write: Sundays']);
    const [task, whole] = await tasks();
    expect([task?.state, task?.merged?.into]).to.deep.equal(['done', whole?.id]);
    expect([whole?.assignee, whole?.conversation]).to.deep.equal([room.world.ada, task?.conversation]);
    const talk = await room.world.doc(CONVERSATIONS, whole?.conversation ?? '');
    expect(talk?.mail?.people, 'whoever was in copy').to.include(room.world.ben);
    const said = await room.mail.read.find(MESSAGES, { where: { conversation: task?.conversation ?? '' } });
    const texts = await room.mail.read.texts(said.map(({ body }) => body));
    expect([...texts.values()].join('\n')).to.match(
      /Ada.* started the workflow customer-question for #1, by mail: that is #2 now, with the steps #3 \(Ben.*\)\./,
    );
    expect(room.answers).to.deep.equal([]);
  });

  it('is started once where the mail comes again, and leaves a task as it is that is done, or one of several', async () => {
    await replies(STARTS);
    await replies(STARTS);
    expect(await tasks()).to.have.length(3);
    await room.world.does(room.world.ada, 'reopen_task', { task: '#1' });
    await replies(STARTS, 'm3');
    const [task] = await tasks();
    expect(task?.state, 'the conversation has several by now').to.not.equal('done');
    expect(await tasks()).to.have.length(5);
  });

  it('takes in no task that is over', async () => {
    await room.world.does(room.world.ada, 'complete_task', { task: '#1' });
    await replies(STARTS);
    const [task, whole] = await tasks();
    expect([task?.merged, whole?.state]).to.deep.equal([undefined, 'open']);
  });
});
