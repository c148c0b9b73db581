// Deliveries that version 0.1.0 queued keep their lane, id and lease.
import { expect } from 'chai';
import { DELIVERY_KINDS, kindOf } from '../../src/outbox/kinds.ts';
import { itemOf } from '../../src/outbox/save-deliveries.ts';
import type { Delivery } from '../../src/pods/deliveries.ts';

const HERE = { conversation: 'c_1', message: 'm_1' };

/** A delivery of each kind and guarantee, with its lane, resource and subject in 0.1.0. */
const STORED: readonly [delivery: object, lane: string, resource: string, about?: string][] = [
  [{ kind: 'post', ...HERE }, 'conversation:c_1', 'slack:main'],
  [{ kind: 'update', ...HERE }, 'conversation:c_1', 'slack:main', 'update:m_1'],
  [{ kind: 'unpost', ...HERE }, 'conversation:c_1', 'slack:main'],
  [{ kind: 'mail', about: 'message', ...HERE, to: ['person:ada'] }, 'mail:c_1', 'mail:out'],
  [{ kind: 'mail', about: 'acknowledgement', ...HERE, to: ['person:ada'] }, 'mail:c_1', 'mail:out'],
  [{ kind: 'held', mail: 'h_1' }, 'held:p_1', 'slack:main'],
  [{ kind: 'held', mail: 'h_1', to: 'person:ada' }, 'held:p_1', 'slack:main'],
  [{ kind: 'admit', mail: 'h_1', by: 'person:ada' }, 'admit:p_1', 'any'],
  [
    { kind: 'digest', person: 'person:ada', through: 'slack', from: {}, to: { p_1: 3 }, day: '2026-11-02' },
    'digest:person:ada',
    'slack:main',
  ],
  [{ kind: 'digest', person: 'person:ada', through: 'email', from: {}, to: {} }, 'digest:person:ada', 'mail:out'],
  [{ kind: 'wake', agent: 'agent:scribe', conversation: 'c_1', because: 'm_1' }, 'session:agent:scribe:c_1', 'any'],
  [{ kind: 'halt', agent: 'agent:scribe', conversation: 'c_1' }, 'halt:agent:scribe:c_1', 'any'],
  [{ kind: 'act', in: 'org', action: 'claim_address', input: {}, actor: 'skein', key: 'k' }, 'act:org', 'any'],
  [{ kind: 'erase', bodies: ['b_1'], postings: ['m_1'], blobs: [], since: 1 }, 'erase:p_1', 'any'],
  [{ kind: 'fax', number: '1' }, 'unknown', 'any'],
];

describe('a delivery that 0.1.0 queued', () => {
  for (const [wish, lane, resource, about] of STORED)
    it(`waits where it did: ${JSON.stringify(wish)}`, () => {
      const delivery = { ...wish, id: 'p_1:41:2', pod: 'p_1' } as Delivery;
      expect(itemOf(delivery)).to.deep.equal({
        id: 'p_1:41:2',
        kind: delivery.kind,
        payload: delivery,
        order: '000000000041-000000000002',
        lane,
        resource,
        ...(about ? { about } : {}),
      });
    });

  it('has a carrier; of 0.1.0 no kind is gone', () => {
    const kinds = STORED.map(([wish]) => ({ ...wish, id: 'p_1:41:2', pod: 'p_1' }) as Delivery);
    const known = new Set(kinds.filter((one) => kindOf(one)).map(({ kind }) => kind));
    expect([...known].sort()).to.deep.equal(
      ['act', 'admit', 'digest', 'erase', 'halt', 'held', 'mail', 'post', 'unpost', 'update', 'wake'].sort(),
    );
  });

  it('lets what waits before it go on where it did', () => {
    const hastening = Object.entries(DELIVERY_KINDS).filter(([, { hastens }]) => hastens);
    expect(hastening.map(([kind]) => kind).sort()).to.deep.equal(['mail', 'wake']);
  });
});
