// Carries what a world's acts have delivered to the logs of people, and tells them when it is due.
import type { PersonId } from '../../../src/log/participant.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import type { NoticeWish } from '../../../src/pods/telling/wishes.ts';
import type { World } from '../build.ts';

/** Until nothing is left but notices, wakes and posts. */
export async function carried(world: World): Promise<void> {
  for (let acts = world.delivered.filter(({ kind }) => kind === 'act'); acts.length; ) {
    world.delivered.splice(0, world.delivered.length, ...world.delivered.filter(({ kind }) => kind !== 'act'));
    for (const one of acts)
      if (one.kind === 'act') {
        const { in: pod, actor, action, input, key } = one;
        await world.act({ pod, actor, via: 'skein', action, input, key });
      }
    acts = world.delivered.filter(({ kind }) => kind === 'act');
  }
}

export async function dueAt({ doc }: World, person: PersonId): Promise<number | undefined> {
  return (await doc(TELLINGS, person))?.dueAt;
}

/** The notices that people got until this time, each at the moment at which it was due. */
export async function toldBy(
  world: World,
  people: readonly PersonId[],
  until: number,
): Promise<{ at: number; notice: NoticeWish }[]> {
  const told: { at: number; notice: NoticeWish }[] = [];
  for (;;) {
    await carried(world);
    const times = await Promise.all(people.map(async (person) => ({ person, due: await dueAt(world, person) })));
    const [next] = times
      .flatMap(({ person, due }) => (due === undefined || due > until ? [] : [{ person, due }]))
      .sort((a, b) => a.due - b.due);
    if (!next) return told;
    const { person, due } = next;
    world.clock.now = Math.max(world.clock.now, due);
    await world.act({
      ...{ pod: person, actor: 'skein', via: 'skein', action: 'tell' },
      ...{ input: { dueAt: due }, key: `due:${person}:${due}` },
    });
    const notices = world.delivered.filter((one) => one.kind === 'notice');
    for (const { person: to, through, items } of notices)
      told.push({ at: world.clock.now, notice: { person: to, through, items } });
    world.delivered.splice(0, world.delivered.length, ...world.delivered.filter(({ kind }) => kind !== 'notice'));
  }
}
