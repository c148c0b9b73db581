import { expect } from 'chai';
import { rights } from '../../../../src/agents/gate/rules/rights.ts';
import type { AnyAction, Ctx } from '../../../../src/pods/action.ts';

type Facts = Parameters<typeof rights.judge>[0];

const gil = { id: 'person:gil', name: 'Gil Torres', handle: 'gil' } as const;

function judged({
  allow,
  ctx = {},
  loaded = { view: 'the view' },
}: {
  allow?: AnyAction['allow'];
  ctx?: Partial<Ctx>;
  loaded?: Facts['loaded'] | 'nothing';
} = {}) {
  const definition = { title: 'Add a member', ...(allow ? { allow } : {}) } as AnyAction;
  const at = { pod: 'p', home: 'p', podDoc: { name: 'Launch' }, role: 'member', ...ctx } as Ctx;
  const found = loaded === 'nothing' || !loaded ? {} : { loaded };
  const verdict = rights.judge({ definition, input: 'the input', ctx: at, ...found });
  return verdict && `${verdict.why} ${verdict.whoMay}`.trim();
}

describe('the rule “rights”', () => {
  for (const [allow, role, may] of [
    [undefined, 'member', true],
    [undefined, 'guest', false],
    ['guest', 'guest', true],
    ['owner', 'member', false],
    ['owner', 'owner', true],
    ['owner', 'skein', true],
    ['guest', 'none', false],
    ['anyone', 'none', true],
  ] as const)
    it(`${may ? 'lets' : 'does not let'} a ${role} do what takes ${allow ?? 'a member'}`, () => {
      const verdict = judged({ ...(allow ? { allow } : {}), ctx: { role } });
      expect(verdict === undefined).to.equal(may);
    });

  it('tells people whom to ask', () => {
    expect(judged({ allow: 'owner' })).to.equal(
      'Add a member: that takes the role owner in Launch, and you are member. Ask an owner to do it or to change your role.',
    );
  });

  it('tells an agent whose rights it has', () => {
    expect(judged({ ctx: { role: 'guest', narrowedBy: gil } })).to.equal(
      "Add a member: that takes the role member in Launch, and you act on the words of Gil Torres, who is guest there. Somebody who is member may do it, or ask you for it once you have answered that you can't.",
    );
  });

  it('asks an action that says itself who may, with what it loaded and its input', () => {
    const asked: unknown[] = [];
    const allow = (view: unknown, input: unknown) => {
      asked.push(view, input);
      return 'Only who wrote it.';
    };
    expect(judged({ allow })).to.equal('Only who wrote it.');
    expect(judged({ allow, ctx: { role: 'guest', narrowedBy: gil } })).to.equal(
      'Only who wrote it. Here you act on the words of Gil Torres, who is guest.',
    );
    expect(judged({ allow: () => true, ctx: { role: 'none' } })).to.equal(undefined);
    expect(asked.slice(0, 2)).to.deep.equal(['the view', 'the input']);
  });

  it('tells who is not in the pod nothing of it, neither a reason nor a name', () => {
    const ctx = { role: 'none', home: 'p_other' } as const;
    const said =
      'Add a member: you are not a member of this pod. Ask one of its owners to add you, or join its channel.';
    expect(judged({ ctx })).to.equal(said);
    expect(judged({ ctx, allow: () => 'It is Ada’s.' })).to.equal(said);
    expect(judged({ ctx, loaded: 'nothing' })).to.equal(said);
  });

  it('leaves it to the action to say what was not found, to who is in the pod', () => {
    expect(judged({ loaded: 'nothing', allow: () => 'No.' })).to.equal(undefined);
  });
});
