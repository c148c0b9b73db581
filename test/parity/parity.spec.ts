// Every action comes to the same through every door, for people and agents alike (docs/architecture.md, “Invariants”, 7).
import { expect } from 'chai';
import { NotAllowed } from '../../src/errors.ts';
import type { AnyAction } from '../../src/pods/action.ts';
import { ALL_ACTIONS } from '../../src/pods/actions.ts';
import { actItself, commandLine, type Door, modelTool, practicePage, slashCommand } from './doors.ts';
import { EXAMPLES } from './examples.ts';
import { type ActorKind, aStage, type Came, playing } from './stage.ts';

/** The doors, each compared with `act itself`; a new door joins by one line. What people do in Slack itself: slack.spec.ts. */
const DOORS: readonly Door[] = [
  modelTool, // every action, agents
  commandLine, // every action, people and agents
  practicePage, // every action, people
  slashCommand, // every action, people
];

const PEOPLE_STEER = 'A paused agent waits for whoever paused it or has its work; an agent would wait for ever.';

/** What only people or only agents may do, with the reason. Everything else is for both. */
const ONLY_FOR: Readonly<Record<string, { kind: ActorKind; why: string }>> = {
  answer_question: { kind: 'person', why: 'Only a commit of a person settles a question, never words of a model.' },
  wait_for: { kind: 'agent', why: 'It parks a run, and a person has none: they are told when an answer comes.' },
  checkpoint: { kind: 'agent', why: 'It stops the run of an agent, and people are asked there.' },
  pause_run: { kind: 'person', why: PEOPLE_STEER },
  resume_run: { kind: 'person', why: PEOPLE_STEER },
  take_over: { kind: 'person', why: PEOPLE_STEER },
  hand_back: { kind: 'person', why: PEOPLE_STEER },
};

const kindsOf = (name: string): ActorKind[] => {
  const only = ONLY_FOR[name]?.kind;
  return only ? [only] : ['person', 'agent'];
};

const OPEN = ALL_ACTIONS.filter((definition) => !definition.internal);

describe('parity', () => {
  for (const definition of OPEN) {
    describe(definition.name, () => {
      for (const kind of kindsOf(definition.name)) {
        for (const door of doorsFor(kind, definition)) {
          const like = door.like ?? actItself;
          it(`comes to the same by ${door.name} as by ${like.name}, for ${article(kind)}`, async () => {
            const expected = await played(like, kind, definition);
            expect(await played(door, kind, definition)).to.deep.equal(expected);
            expect(expected.commits.length).to.equal(definition.effect === 'read' ? 0 : 1);
          });
        }
      }

      if (ONLY_FOR[definition.name]) {
        it(`is refused to ${article(otherThan(definition.name))}`, async () => {
          const refused = await played(actItself, otherThan(definition.name), definition).catch(
            (error: unknown) => error,
          );
          expect(refused).to.be.instanceOf(NotAllowed);
        });
        return;
      }

      it('changes the same kinds of things for a person and an agent', async () => {
        const [person, agent] = await Promise.all([
          played(actItself, 'person', definition),
          played(actItself, 'agent', definition),
        ]);
        // A wake by a person starts a new root, and a wake by an agent is counted in its root.
        const wakes = kindsIn(agent).includes('wake') ? ['roots: agents_woken'] : [];
        // Needs depend on who acts: nobody has any by their own act. A person alone is offered to have the words erased that
        // an edit has taken away (`earlier`).
        const depends = ['act', 'earlier'];
        const changed = (kinds: readonly string[]) =>
          kinds.filter((one) => !one.startsWith('needs:') && !depends.includes(one));
        expect(changed(kindsIn(agent))).to.deep.equal([...changed(kindsIn(person)), ...wakes].sort());
      });
    });
  }

  it('has an example of every action, and of nothing else', () => {
    expect(Object.keys(EXAMPLES).sort()).to.deep.equal(OPEN.map(({ name }) => name).sort());
  });

  it('has no door that leads to an action which is not there', () => {
    const names = OPEN.map(({ name }) => name);
    for (const { name, only = [] } of DOORS) expect(names, name).to.include.members([...only]);
  });
});

function doorsFor(kind: ActorKind, { name }: AnyAction): Door[] {
  return DOORS.filter((door) => door.for.includes(kind) && (door.only?.includes(name) ?? true));
}

async function played(door: Door, kind: ActorKind, definition: AnyAction): Promise<Came> {
  const example = EXAMPLES[definition.name];
  if (!example) throw new Error(`test/parity/examples.ts has no row for ${definition.name}: add one.`);
  const stage = await aStage(kind);
  try {
    const input = await example(stage);
    return await playing(stage, () => door.does(stage, definition, input));
  } finally {
    await stage.desk.close();
  }
}

/** The kinds of changes and deliveries, without whom and what they name. */
function kindsIn({ commits }: Came): string[] {
  const kinds = commits.flatMap(({ changes, deliveries }) => [
    ...changes.map(({ on, type }) => `${on}: ${type}`),
    ...deliveries.map(({ kind }) => kind),
  ]);
  return [...new Set(kinds)].sort();
}

function otherThan(name: string): ActorKind {
  return ONLY_FOR[name]?.kind === 'person' ? 'agent' : 'person';
}

function article(kind: ActorKind): string {
  return kind === 'person' ? 'a person' : 'an agent';
}
