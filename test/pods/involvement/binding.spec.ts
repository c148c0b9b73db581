// How the levels of several people bind an agent in one conversation: whose yes it needs, and whom it asks nothing.
import { expect } from 'chai';
import type { Level } from '../../../src/log/needs/need.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { bindingOf, interrupted } from '../../../src/pods/involvement/binding.ts';
import type { PodDoc } from '../../../src/pods/pod/pod.ts';
import type { TaskDoc } from '../../../src/pods/tasks/task.ts';

const ADA = 'person:ada' as PersonId;
const BEN = 'person:ben' as PersonId;
const GIL = 'person:gil' as PersonId;

const aTask = (levels: Partial<Record<string, Level>>, more: Partial<TaskDoc> = {}) =>
  ({
    ...{ state: 'open', createdBy: ADA },
    involved: Object.entries(levels).map(([who, level]) => ({ who, level })),
    ...more,
  }) as TaskDoc;

const names = (who: readonly PersonId[]) => who.map((one) => one.replace('person:', '')).sort();

interface Row {
  says: string;
  tasks: TaskDoc[];
  pod?: Partial<PodDoc>;
  holders?: string[];
  /** Whom a question to each of these interrupts, and a post. */
  ada?: string[];
  gil?: string[];
  post?: string[];
}

const ROWS: Row[] = [
  { says: 'nobody has said anything', tasks: [aTask({})] },
  {
    says: 'one wants the result only: nobody is asked, and nothing is posted',
    tasks: [aTask({ [ADA]: 'result' })],
    ...{ ada: ['ada'], gil: ['ada'], post: ['ada'] },
  },
  {
    says: 'two want the result only',
    tasks: [aTask({ [ADA]: 'result', [BEN]: 'result' })],
    ...{ ada: ['ada', 'ben'], gil: ['ada', 'ben'], post: ['ada', 'ben'] },
  },
  {
    says: 'another goes with every step: they may be asked, and whoever wants the result only may not',
    tasks: [aTask({ [ADA]: 'result', [BEN]: 'every_step' })],
    ...{ holders: ['ben'], ada: ['ada'] },
  },
  {
    says: 'another has checkpoints: the same, and no effect needs a yes',
    tasks: [aTask({ [ADA]: 'result', [BEN]: 'checkpoints' })],
    ada: ['ada'],
  },
  {
    says: 'digest and nothing are about what people hear: they bind nothing',
    tasks: [aTask({ [ADA]: 'digest', [BEN]: 'none' })],
  },
  {
    says: 'somebody who wants less than the result frees nobody',
    tasks: [aTask({ [ADA]: 'result', [BEN]: 'none' })],
    ...{ ada: ['ada'], gil: ['ada'], post: ['ada'] },
  },
  {
    says: 'one person has two tasks there: the closer level counts',
    tasks: [aTask({ [ADA]: 'result' }), aTask({ [ADA]: 'every_step' })],
    holders: ['ada'],
  },
  { says: 'the task is done: nothing binds any more', tasks: [aTask({ [ADA]: 'result' }, { state: 'done' })] },
  {
    says: 'the default of the pod counts for whoever gave the task',
    tasks: [aTask({})],
    pod: { involvement: 'result' },
    ...{ ada: ['ada'], gil: ['ada'], post: ['ada'] },
  },
  {
    says: 'what a person said of the task counts before what they said of the pod',
    tasks: [aTask({ [ADA]: 'every_step' })],
    pod: { involved: [{ who: ADA, level: 'result' }] },
    holders: ['ada'],
  },
  {
    says: 'whoever follows the whole pod binds nothing that others gave',
    tasks: [aTask({})],
    pod: { involved: [{ who: BEN, level: 'result' }] },
  },
];

describe('the binding of an agent by those who follow its work', () => {
  for (const { says, tasks, pod, holders = [], ada = [], gil = [], post = [] } of ROWS)
    it(says, () => {
      const binding = bindingOf(tasks, pod as PodDoc | undefined);
      expect(names(binding.holders), 'needs the yes of').to.deep.equal(holders);
      expect(names(interrupted(binding, [ADA])), 'a question to Ada').to.deep.equal(ada);
      expect(names(interrupted(binding, [GIL])), 'a question to Gil, who follows nothing').to.deep.equal(gil);
      expect(names(interrupted(binding)), 'a post').to.deep.equal(post);
    });
});
