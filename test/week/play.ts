// Plays a week: five working days, from the first hour of the first zone to the last of the last.
import { aTeam } from '../journeys/team.ts';
import { randomOf } from '../protocol/random.ts';
import { actOf } from './acts.ts';
import { enter, type Person } from './cast.ts';
import type { Day, Outcome } from './report.ts';
import type { Expected, Scene } from './scene.ts';
import { type Arrival, arrivals, posted } from './surfaces.ts';
import { transcriptOf } from './transcript.ts';

export interface Week {
  seed: number;
  acts: number;
  /** Is called with a line after each day. */
  progress(line: string): void;
}

const HOUR_S = 3600;
const DAYS = 5;
/** From 7 to 17 UTC. */
const WORKING_S = 10 * HOUR_S;
/** A Monday in winter, when the first of the people begin: 07:00 UTC. */
const MONDAY = Date.UTC(2026, 11, 7, 7);

export async function play({ seed, acts, progress }: Week): Promise<Outcome> {
  const began = Date.now();
  const team = await aTeam({}, () => MONDAY + Date.now() - began);
  let ahead = 0;
  const pass = async (seconds: number) => {
    const advance = Math.max(1, Math.round(seconds));
    ahead += advance * 1000;
    await team.post('/practice/clock', { advance });
    await team.quiet();
  };
  try {
    const cast = await enter(team);
    const scene: Scene = { team, cast, random: randomOf(seed), n: 0, threads: [], expected: [], messages: 0 };
    const perDay = Math.ceil(acts / DAYS);
    for (let day = 1; day <= DAYS; day += 1) {
      for (; scene.n < Math.min(acts, day * perDay); ) {
        scene.n += 1;
        await actOf(scene);
        await team.quiet();
        await pass((scene.random.next() * 2 * WORKING_S) / perDay);
      }
      progress(`Day ${day}: ${scene.n} acts, ${scene.messages} messages by people.`);
      // After the last day the weekend passes as well, and the morning after it.
      const morning = MONDAY + (day < DAYS ? day * 24 : 7 * 24 + 4) * HOUR_S * 1000;
      while (team.clock() + ahead < morning) await pass(HOUR_S);
    }
    return await outcomeOf(scene);
  } finally {
    await team.stop();
  }
}

async function outcomeOf(scene: Scene): Promise<Outcome> {
  const { team, cast } = scene;
  const posts = await posted(team, cast);
  const reached = new Map<Person, Arrival[]>();
  for (const person of cast.people) reached.set(person, await arrivals(team, person));
  const unheard: string[] = [];
  for (const expected of scene.expected) {
    const { person, words } = expected;
    const heard = reached.get(person)?.some(({ text }) => text.includes(words));
    const mentioned = person.slack && posts.some(({ text }) => text.includes(words) && text.includes('<@'));
    if (!heard && !mentioned && (await waits(scene, expected))) unheard.push(`${words} (${person.name})`);
  }
  const answers = new Set(
    [...reached.values()].flat().flatMap(({ by, text }) => (cast.agents.includes(by) ? [text] : [])),
  );
  return {
    messages: scene.messages,
    posts: posts.filter(({ username }) => cast.agents.includes(username.toLowerCase())).length + answers.size,
    days: cast.people.flatMap((person) => daysOf(person, reached.get(person) ?? [])),
    unheard,
    read: transcriptOf(cast.people, reached, posts),
  };
}

/** True if it is open still: what was settled before its person was told needs no telling. */
async function waits({ team, cast }: Scene, { person, words }: Expected): Promise<boolean> {
  for (const { id } of cast.pods.filter(({ members }) => members.includes(person))) {
    const input = { state: 'open', assignee: person.name };
    const found = await team.post('/practice/act', { as: 'ada', pod: id, action: 'list_tasks', input });
    if (JSON.stringify(found).includes(words)) return true;
  }
  if (!person.slack) return false;
  return JSON.stringify(await team.get(`/practice/waiting?as=${person.handle}`)).includes(words);
}

function daysOf({ name }: Person, all: readonly Arrival[]): Day[] {
  const dayOf = ({ at }: Arrival) => new Date(at).toISOString().slice(0, 10);
  return [...new Set(all.map(dayOf))].map((day) => {
    const counts = { notice: 0, ask: 0, digest: 0, answer: 0 };
    for (const { kind } of all.filter((one) => dayOf(one) === day)) counts[kind] += 1;
    return { person: name.split(' ')[0] ?? name, day, counts };
  });
}
