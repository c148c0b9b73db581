// What an agent does once it was woken: it answers, names people and the other agent, moves the task, or passes it on.
import type { TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { docs, type Making, oneOf, type Wish } from './making.ts';
import type { Woken } from './outside.ts';

/** `talks`: it names the other agent each time, as agents do that run in a circle. */
export function turnOf(making: Making, { agent, conversation }: Woken, talks: boolean): Wish {
  const { random, cast, n } = making;
  const other = agent === cast.scribe ? 'pilot' : 'scribe';
  const acts = (action: string, input: object): Wish => ({
    ...{ actor: agent, via: 'agent' as Wish['via'], onBehalfOf: random.pick([cast.ada, cast.ben]) },
    ...{ action, input, conversation },
  });
  const says = (text: string) => acts('post_message', { conversation, text });
  if (talks) return says(`@${other} M${n}. go ahead`);
  const task = oneOf(
    random,
    docs<TaskDoc>(making, 'tasks').filter((one) => one.conversation === conversation),
  );
  const number = task && `#${task.number}`;
  const answers: [Wish, ...Wish[]] = [
    says(`M${n}. is done`),
    says(`@${random.pick([other, 'ben', 'gil', 'ada'])} M${n}. please`),
    acts('ask', { to: [random.pick(['ben', 'gil', 'ada'])], question: `Q${n}. which one`, conversation }),
    acts('create_task', { title: `T${n}.`, assignee: random.pick([other, 'ben', 'gil']) }),
  ];
  const onTask: [Wish, ...Wish[]] = [
    acts('start_task', { task: number }),
    acts('complete_task', { task: number }),
    acts('assign_task', { task: number, assignee: random.pick([other, other, 'ben', 'gil']) }),
  ];
  return random.pick(number && random.chance(0.5) ? onTask : answers);
}
