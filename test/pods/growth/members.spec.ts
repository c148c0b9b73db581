// A pod with many members is shown in part and page by page, and costs no more than a small one.
import { expect } from 'chai';
import { membersHere } from '../../../src/agents/sessions/opening/members-here.ts';
import { NotFound } from '../../../src/errors.ts';
import { makeReader } from '../../../src/log/read.ts';
import { READ_WHOLE } from '../../../src/pods/members/members-of.ts';
import { memberNamed } from '../../../src/pods/people/directory.ts';
import { memoryData } from '../../store/memory.ts';
import { aWorld, refusal, type World } from '../build.ts';
import { type Counting, countingStore } from './counting.ts';
import { grow, SPECS } from './grown.ts';

const MANY = 450;

async function grown(size: number): Promise<World & { counting: Counting }> {
  const data = memoryData();
  const counting = countingStore(SPECS, data);
  const world = await aWorld({ store: counting.store });
  if (size) grow(data, world, size);
  counting.reset();
  return { ...world, counting };
}

describe('a pod with many members', () => {
  it('opens a session with sixty of them, the agent among them, and says how many more there are at least', async () => {
    const { store, pod, scribe, counting } = await grown(MANY);
    const { members, more } = await membersHere(makeReader(store), pod, scribe);
    expect(members.length).to.equal(61);
    expect(members.map(({ id }) => id)).to.include(scribe);
    expect(more).to.match(/^over 1[34]\d$/);
    expect(counting.looked.get('members')).to.be.lessThan(READ_WHOLE + 20);
  });

  it('opens it in a small pod with all of them', async () => {
    const { store, pod, ada, ben, gil, pilot, scribe } = await grown(0);
    const { members, more } = await membersHere(makeReader(store), pod, scribe);
    expect(members.map(({ id }) => id)).to.have.members([ada, ben, gil, pilot, scribe]);
    expect(more).to.equal(undefined);
  });

  it('is read page by page, each member once, owners and agents first', async () => {
    const { does, ada, scribe } = await grown(MANY);
    let page = await does(ada, 'read_pod');
    const ids: string[] = page.members.map(({ id }: { id: string }) => id);
    expect(ids).to.include.members([ada, scribe]);
    while (page.next) {
      page = await does(ada, 'read_pod', { after: page.next });
      expect(page.members.length).to.be.at.most(100);
      ids.push(...page.members.map(({ id }: { id: string }) => id));
    }
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.length).to.equal(MANY + 5);
  });

  it('refuses a next of another pod', async () => {
    const { does, ada } = await grown(0);
    expect(await refusal(does(ada, 'read_pod', { after: 'p_other/person:x' }))).to.be.instanceOf(NotFound);
  });

  it('names thirty where nobody has a name, and how to see the others', async () => {
    const { store, pod, counting } = await grown(MANY);
    const { message } = await refusal(memberNamed(makeReader(store), pod, 'Nobody'));
    expect(message).to.contain('and more: read_pod.');
    expect(message.match(/\(\S+\)/g)?.length).to.equal(30);
    expect(counting.looked.get('members')).to.be.lessThan(READ_WHOLE + 20);
  });

  it('makes whoever has been there longest its owner, when the last one leaves', async () => {
    const { does, ada, doc, pod } = await grown(MANY);
    await does(ada, 'remove_member', { who: 'ada' });
    const { MEMBERS, memberId } = await import('../../../src/pods/members/member.ts');
    expect((await doc(MEMBERS, memberId(pod, 'person:g1')))?.role).to.equal('owner');
  });
});
