// A workflow started without typing: its button in the list, and a form with a choice of members for each role.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

interface Element {
  options?: { text: { text: string }; value: string }[];
  initial_option?: { text: { text: string } };
}

interface View {
  id: string;
  title: { text: string } | null;
  blocks: { type: string; block_id?: string; text?: { text: string }; element?: Element }[];
}

describe('the form of a workflow', function () {
  this.timeout(90_000);
  let team: Team;
  before(async () => {
    team = await aTeam();
  });
  after(() => team.stop());

  const form = async (as: string, but?: string): Promise<View> => {
    for (let n = 0; n < 400; n += 1) {
      const views = await team.get<View[]>(`/practice/views?as=${as}`);
      const found = views.find((view) => view.title?.text === 'Start a workflow' && view.id !== but);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`The form did not open.\n${team.lines.slice(-10).join('\n')}`);
  };
  const field = ({ blocks }: View, name: string) => blocks.find((block) => block.block_id === name)?.element;
  const member = (view: View, role: string, name: string) =>
    field(view, `role:${role}`)?.options?.find(({ text }) => text.text === name)?.value;
  const whispers = async () => (await team.messages('launch', undefined, 'ada')).filter(({ ephemeral }) => ephemeral);
  const pressed = async (list: Seen | undefined, workflow: string) => {
    const buttons = (list?.blocks ?? []).flatMap(
      ({ elements = [] }) => elements as { action_id?: string; value?: string }[],
    );
    const { action_id: actionId, value } = buttons.find((one) => one.value === workflow) ?? {};
    await team.post('/practice/click', { as: 'ada', channel: 'launch', ts: list?.ts, actionId, value });
  };

  it('asks for a member for each role, has the usual ones chosen, and says what was started', async () => {
    const listed = await team.command('ada', 'launch', '/skein start_workflow');
    expect(listed)
      .to.include('researcher (Finds what is known about it; usually scout)')
      .and.include('weekly-slides')
      .and.match(/Steps: 5\. It can repeat every Monday at \d\d:\d\d\./);
    await pressed((await whispers()).at(-1), 'customer-question');
    const asked = await form('ada');
    expect(asked.blocks[0]?.text?.text).to.include('A customer’s question, from the mail to the answer');
    expect(field(asked, 'role:writer')?.initial_option?.text.text).to.equal('Scribe');
    expect(field(asked, 'role:expert')?.initial_option).to.equal(undefined);
    for (const hidden of ['workflow', 'roles', 'repeat']) expect(field(asked, hidden), hidden).to.equal(undefined);

    const one = {
      'role:expert': member(asked, 'expert', 'Scribe'),
      'role:sender': member(asked, 'sender', 'Ada Lindqvist'),
    };
    const values = {
      about: 'Is the rye vegan?',
      'role:researcher': member(asked, 'researcher', 'Scout'),
      'role:writer': member(asked, 'writer', 'Scribe'),
    };
    await team.post('/practice/submit', { as: 'ada', viewId: asked.id, values: { ...values, ...one } });
    const again = await form('ada', asked.id);
    expect(JSON.stringify(again.blocks)).to.include(
      'Scribe has the roles writer and expert, and nobody reviews their own work',
    );
    expect(field(again, 'role:sender')?.initial_option?.text.text).to.equal('Ada Lindqvist');

    const ben = { ...values, ...one, 'role:expert': member(again, 'expert', 'Ben Okafor') };
    await team.post('/practice/submit', { as: 'ada', viewId: again.id, values: ben });
    await team.quiet();
    expect((await whispers()).map(({ text }) => text).at(-1)).to.match(
      /^customer-question is started: #\d+, with the steps #\d+ \(Scout\), #\d+ \(Scribe\), #\d+ \(Ada Lindqvist\)\.$/,
    );
    const card = (all: Seen[]) => all.some(({ text }) => text.includes('Is the rye vegan?'));
    await team.until('launch', '', card);
  });

  it('takes “me”, and says what is wrong with a line that nearly starts one', async () => {
    const line = (words: string) => team.command('ada', 'launch', `/skein workflow ${words}`);
    expect(await line('customer-question: Oats? (expert: ben, sender: me)')).to.match(
      /is started: .*\(Ada Lindqvist\)\.$/,
    );
    const begun = '/skein start a workflow customer-question: Nuts? (expert: ben, sender: me)';
    expect(await team.command('ada', 'launch', begun)).to.match(/^customer-question is started: /);
    expect(await line('customer-question oats (expert: ben, sender: me)')).to.include(
      'A colon is missing between the name of the workflow and what it is for: /skein workflow customer-question: oats (…).',
    );
    expect(await line('weekly: week 49 (presenter: me)')).to.include(
      'There is no workflow “weekly”. Did you mean weekly-slides?',
    );
  });
});
