// “What is waiting for me?”, asked of an agent: the answer is the asker's own list, and holds nothing that the readers of
// the conversation may not see.
import { expect } from 'chai';
import { aTeam, type Team } from './team.ts';

describe('what waits for somebody, asked of an agent', function () {
  this.timeout(90_000);
  let team: Team;

  const act = <T = object>(as: string, action: string, input: object, pod?: string) =>
    team.post<T>('/practice/act', { as, ...(pod ? { pod } : {}), action, input });

  before(async () => {
    team = await aTeam();
    await act('ada', 'create_task', { title: 'Order boxes', assignee: 'chiara', due: '2030-01-07' }, 'launch');
    await act('ada', 'create_task', { title: 'Weigh the flour', assignee: 'ben' }, 'launch');
    const { pod } = await act<{ pod: { id: string } }>('ada', 'create_pod', { name: 'Accounts' });
    await act('ada', 'add_member', { who: 'ben' }, pod.id);
    await act('ada', 'create_task', { title: 'Check the secret figures', assignee: 'ben' }, pod.id);
    await team.quiet();
  });
  after(() => team.stop());

  it('is answered in a DM with the asker’s own list over all their pods', async () => {
    const thread = await team.say('ben', 'dm:pilot', 'what is waiting for me?');
    const [answer] = (await team.until('app', thread, (all) => all.some(({ username }) => username === 'Pilot'), 'ben'))
      .filter(({ username }) => username === 'Pilot')
      .map(({ text }) => text);
    expect(answer).to.match(/#\d+.*Weigh the flour.*from Ada Lindqvist \(launch\)/);
    expect(answer).to.match(/#\d+.*Check the secret figures.*\(Accounts\)/);
    expect(answer).to.not.contain('Order boxes');
  });

  it('holds nothing of a pod that the asker is not in', async () => {
    const thread = await team.say('chiara', 'dm:scribe', 'What waits for me?');
    const seen = await team.until('app', thread, (all) => all.some(({ username }) => username === 'Scribe'), 'chiara');
    const answer = seen.find(({ username }) => username === 'Scribe')?.text;
    expect(answer).to.match(/Order boxes.*\(launch, due 2030-01-07\)/);
    expect(answer).to.not.match(/secret figures|Weigh the flour/);
  });

  it('is answered in a thread with what waits for the asker in that pod, and nothing of another', async () => {
    const thread = await team.say('chiara', 'launch', '@pilot what is waiting for me?');
    const hers = await team.answer('launch', thread, 'Pilot');
    expect(hers.text).to.match(/This waits for you in this pod:[\s\S]*Order boxes/);
    await team.say('ben', 'launch', '@pilot and what is waiting for me?', thread);
    const his = await team.answer('launch', thread, 'Pilot', 2);
    expect(his.text).to.contain('Weigh the flour');
    expect(his.text).to.not.match(/secret figures|Accounts|Order boxes/);
  });
});
