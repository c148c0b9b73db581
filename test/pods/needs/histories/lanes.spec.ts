// The lanes of the histories are free again once a process is killed.
import { expect } from 'chai';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import type { Process } from '../../../protocol/scheduler.ts';
import { makeLanes } from './lanes.ts';

const aProcess = (name: string): Process => ({ name, alive: true, priority: 0 });
const hearing = (n: number) =>
  ({ id: `p_launch:${n}:0`, kind: 'act', in: 'person:ben', action: 'hear' }) as unknown as Delivery;

function twoDeliveries() {
  const lanes = makeLanes();
  lanes.save([hearing(1), hearing(2)]);
  const [killed, next] = [aProcess('A1'), aProcess('A2')];
  const head = lanes.lease(killed);
  if (!head) throw new Error('Nothing waits.');
  killed.alive = false;
  lanes.free(killed);
  return { lanes, killed, next, head };
}

describe('the lanes of the histories', () => {
  it('lease nothing to a process that was killed, which would hold it for ever', () => {
    const { lanes, killed, next, head } = twoDeliveries();
    expect(lanes.lease(killed)).to.equal(undefined);
    expect(lanes.lease(next)).to.equal(head);
  });

  it('do not take a lease from the next process when a killed one ends', () => {
    const { lanes, killed, next, head } = twoDeliveries();
    lanes.lease(next);
    lanes.settle(head, killed);
    lanes.rest(head, killed);
    expect(head.state).to.equal('waiting');
    expect(lanes.lease(aProcess('B1')), 'the lane is taken').to.equal(undefined);
    lanes.settle(head, next);
    expect(lanes.lease(next)?.delivery.id).to.equal('p_launch:2:0');
  });
});
