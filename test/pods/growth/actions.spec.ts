// No action looks at more of the store because the pod and the organisation have grown. Counted, not timed.
import { expect } from 'chai';
import { ALL_ACTIONS } from '../../../src/pods/actions.ts';
import { EXAMPLES } from '../../parity/examples.ts';
import { sceneIn } from '../../parity/stage.ts';
import { memoryData } from '../../store/memory.ts';
import { aWorld } from '../build.ts';
import { countingStore } from './counting.ts';
import { grow, SPECS } from './grown.ts';

// Both are larger than any page, and than a pod that is read whole.
const [SMALL, LARGE] = [260, 620];

/** So many more may be looked at in each view. */
const SLACK = 12;

/** At most so many are read, however many there are: they are put in order, or counted, before some are shown. */
const BOUNDED: Readonly<Record<string, number>> = {
  ...{ list_awaited: 520, accept_mail: 520, reject_mail: 520 },
};

/** Pods in which an action reads as much as it ever does. */
const FULL: Readonly<Record<string, readonly [number, number]>> = {
  list_waiting: [1300, 1700],
  read_pod: [2100, 2500],
  read_graph: [2100, 2500],
};

/** What an action grows with, and why that is right or stands. */
const GROWS: Readonly<Record<string, string>> = {
  send_digest: 'A digest is about each pod of a person, so it grows with their pods, and with nothing else.',
  create_agent: 'No index finds the names that look like another one: whoever makes an agent waits for it.',
};

const ONLY_AGENTS = ['wait_for', 'checkpoint'];

describe('growth of actions', () => {
  for (const { name } of ALL_ACTIONS.filter(({ internal, name }) => !internal && !GROWS[name]))
    it(`${name} looks at no more in a larger pod`, async () => {
      const [few, many] = FULL[name] ?? [SMALL, LARGE];
      const [small, large] = [await lookedBy(name, few), await lookedBy(name, many)];
      const more = [...large].filter(
        ([view, count]) => count > Math.max((small.get(view) ?? 0) + SLACK, BOUNDED[name] ?? 0),
      );
      expect(more.map(([view, count]) => `${view}: ${small.get(view) ?? 0} -> ${count}`)).to.deep.equal([]);
    });
});

/** Returns how much the action looks at, by view. */
async function lookedBy(name: string, size: number): Promise<Map<string, number>> {
  const data = memoryData();
  const { store, looked, reset } = countingStore(SPECS, data);
  const world = await aWorld({ store });
  const scene = await sceneIn(world, ONLY_AGENTS.includes(name) ? 'agent' : 'person');
  const input = await EXAMPLES[name]?.(scene);
  grow(data, world, size);
  reset();
  const { actor, onBehalfOf } = scene;
  const elsewhere = name === 'create_pod' ? { pod: 'p_offsite' } : {};
  await world.does(actor, name, input, { ...elsewhere, ...(onBehalfOf ? { onBehalfOf } : {}) });
  return looked;
}
