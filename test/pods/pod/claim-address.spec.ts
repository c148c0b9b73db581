import { expect } from 'chai';
import fc from 'fast-check';
import { mailHome, parseAddress } from '../../../src/email/address.ts';
import { NotAllowed } from '../../../src/errors.ts';
import { deliveriesOf } from '../../../src/pods/deliveries.ts';
import { slugOf } from '../../../src/pods/pod/claim-address.ts';
import { aWorld, refusal } from '../build.ts';

describe('the mail name of a pod', () => {
  for (const [name, slug] of [
    ['Launch', 'launch'],
    ['Müller & Söhne', 'muller-sohne'],
    ['Große Bäckerei', 'grosse-backerei'],
    ['  --x--  ', 'x'],
    ['日本', 'pod'],
    ['', 'pod'],
    ['a'.repeat(80), 'a'.repeat(36)],
  ] as const)
    it(`is ${slug} for ${JSON.stringify(name.slice(0, 20))}`, () => expect(slugOf(name)).to.equal(slug));

  it('can always be written to, also with a number behind it, and keeps its form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.nat(999), (name, n) => {
        const slug = slugOf(name);
        for (const one of [slug, `${slug}-${n}`]) {
          expect(parseAddress(mailHome({ domain: 'p.test' }), `${one}@p.test`)).to.deep.equal({
            kind: 'pod',
            slug: one,
          });
        }
        expect(slugOf(slug)).to.equal(slug);
      }),
    );
  });

  it('is one like it, which counts nothing, where another pod, an agent or a server has it', async () => {
    const world = await aWorld();
    const claims = async (of: string, name: string) => (await world.does('skein', 'claim_address', { of, name })).slug;
    expect(await claims('p1', 'Launch')).to.equal('launch');
    expect(await claims('p2', 'Launch!')).to.match(/^launch-[a-z0-9]{4}$/);
    expect(await claims('p3', 'Scribe')).to.match(/^scribe-[a-z0-9]{4}$/);
    expect(await claims('p4', 'Postmaster')).to.match(/^postmaster-[a-z0-9]{4}$/);
    expect(await claims('p1', 'Another name'), 'a pod keeps its address').to.equal('launch');
    expect(await refusal(world.does(world.ada, 'claim_address', { of: 'p5', name: 'x' }))).to.be.instanceOf(NotAllowed);
  });

  it('is claimed for every pod that is made, but for a person’s own', async () => {
    const world = await aWorld();
    const { commit } = await world.acts(world.ada, 'create_pod', { name: 'Orchard' }, { pod: 'p_orchard' });
    expect(commit && deliveriesOf(commit).map((one) => one.kind === 'act' && one.action)).to.deep.equal([
      'claim_address',
    ]);
    const origin = { kind: 'email' as const, messageId: '', direct: true };
    const own = await world.acts(world.ada, 'create_pod', { name: 'Ada' }, { pod: 'p_own', origin });
    expect(own.commit?.deliveries).to.deep.equal([]);
  });
});
