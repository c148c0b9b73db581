// kill -9 between a question in Slack and the click on its button: what waits is unchanged, the first click settles it, a second
// reads by whom it was answered, and whoever may not answer is told so. One process, and three on one database.
import { expect } from 'chai';
import { Retryable } from '../../src/errors.ts';
import { dmOf } from '../../src/practice/slack/acts/channels.ts';
import { command } from '../../src/practice/slack/people/command.ts';
import { click } from '../../src/practice/slack/people/interact.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import type { Child } from './child.ts';
import { aFleet, doorOf, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { when } from './moments.ts';
import { aWorld, LAUNCH, until, type World } from './world.ts';

const BEN = 'U0BENOKAF1';
const CHIARA = 'U0CHIARAR1';
const DEV = 'U0DEVPATE1';
const SETTINGS = [
  { on: 'the embedded store', processes: 1, missing: false, needs: '' },
  { on: 'one MongoDB', processes: 3, missing: !process.env.MONGODB_URI, needs: ' (needs MONGODB_URI)' },
] as const;

for (const { on, processes, missing, needs } of SETTINGS)
  (missing ? describe.skip : describe)(`killed before a click: ${processes} on ${on}`, function () {
    this.timeout(240_000);
    const fleet = aFleet();
    let world: World;
    let uri: string | undefined;
    let envs: Record<string, string>[];
    let living: Child[];
    let conversation: { id: string };

    before(async () => {
      world = await aWorld();
      uri = processes > 1 ? freshDatabase() : undefined;
      envs = Array.from({ length: processes }, (_, n) => ({
        ...world.env(`data${n}`),
        ...(uri ? { MONGODB_URI: uri } : {}),
      }));
      living = await startAll();
      await world.ask('/skein pod new');
      conversation = (
        await acts<{ conversation: { id: string } }>('start_conversation', { title: 'O', text: 'Ovens.' })
      ).conversation;
      await until(quiet, 'empty queues', fleet.told);
    });
    after(async () => {
      await fleet.stop();
      await world.stop();
      if (uri) await dropDatabase(uri);
    });

    const last = () => envs.at(-1) ?? {};
    const quiet = () => queuesEmpty(last());
    const startAll = async () => {
      const children = await Promise.all(envs.map((env) => fleet.spawn(env)));
      for (const child of children) await child.go();
      return children;
    };
    /** The first speaks for the Slack app, so with several of them another has to take over. */
    const kill = async () => {
      const [first, ...others] = living;
      first?.kill();
      expect((await first?.exited)?.signal).to.equal('SIGKILL');
      living = others.length ? others : await startAll();
    };
    const acts = async <R>(action: string, input: object, as = 'ada'): Promise<R> => {
      const asked = { as, pod: 'launch', action, input };
      return (await (await doorOf(last())).post<{ result: R }>('/cli/act', asked)).result;
    };
    /** As people do who click again until something happens. */
    const heard = async (press: () => Promise<unknown>) => {
      let answer: unknown;
      const tried = async () => {
        try {
          answer = await press();
          return true;
        } catch (error) {
          if (error instanceof Retryable) return false;
          throw error;
        }
      };
      await until(tried, 'a click that Skein hears', fleet.told);
      return answer;
    };
    const posts = (text: string) =>
      [...(world.slack.surfaces.workspace.state.messages.get(LAUNCH)?.values() ?? [])].filter((one) =>
        JSON.stringify(one).includes(text),
      );
    interface Button {
      action_id: string;
      value: string;
    }
    const buttonsOf = (text: string): Button[] =>
      posts(text).flatMap(({ blocks = [] }) =>
        (blocks as { type: string; elements?: Button[] }[]).flatMap(({ type, elements = [] }) =>
          type === 'actions' ? elements : [],
        ),
      );
    const press = (user: string, text: string, n: number) => {
      const button = buttonsOf(text)[n];
      const at = { user, channel: LAUNCH, ts: posts(text)[0]?.ts ?? '' };
      return click(world.slack.surfaces, { ...at, actionId: button?.action_id ?? '', value: button?.value ?? '' });
    };
    /** What only this person sees in the channel. */
    const whispers = (user: string) =>
      world.slack.surfaces.workspace.state.ephemerals
        .filter((one) => one.user === user && one.channel === LAUNCH)
        .map(({ message }) => JSON.stringify(message));
    /** The list as they read it, with its buttons. Each answer of Slack numbers its blocks anew. */
    const waiting = async (user = BEN) => {
      const { surfaces } = world.slack;
      const { id } = dmOf(surfaces.workspace, user);
      const asked = { user, channel: id, text: '/skein waiting' };
      const { text, blocks } = (await heard(() => command(surfaces, asked))) as { text: string; blocks: unknown[] };
      return JSON.stringify([text, blocks], (key, value) => (key === 'block_id' ? undefined : value));
    };
    const asks = (question: string) =>
      acts('ask', { to: ['ben', 'dev'], question, options: ['Rye', 'Wheat'], conversation: conversation.id });
    /** One of them is first, whatever each has seen by then: both buttons stood before their eyes. */
    const settledOnce = async (question: string, number: string) => {
      await heard(() => press(CHIARA, question, 0));
      await until(
        () => whispers(CHIARA).some((text) => text.includes(`${number} is put to Ben`)),
        'a refusal',
        fleet.told,
      );
      expect(whispers(CHIARA).at(-1)).to.contain('Only they can answer it');
      expect(buttonsOf(question).length, 'it is still open').to.be.at.least(2);
      const before = new Map([BEN, DEV].map((who) => [who, whispers(who).length]));
      await heard(() => Promise.all([press(BEN, question, 0), press(DEV, question, 1)]));
      await until(() => buttonsOf(question).length === 0, 'no buttons', fleet.told);
      await until(quiet, 'empty queues', fleet.told);
      const [{ answers = [] } = {}] = (
        await acts<{ questions: { question: string; answers: { from: string; choice: string }[] }[] }>(
          'list_questions',
          {
            state: 'answered',
          },
        )
      ).questions.filter((one) => JSON.stringify(one).includes(question));
      expect(answers).to.have.length(1);
      const won = JSON.stringify(answers[0]).includes('Ben') ? BEN : DEV;
      const [second, name] = won === BEN ? [DEV, 'Ben Okafor'] : [BEN, 'Dev Pat'];
      await until(() => whispers(second).length > (before.get(second) ?? 0), 'by whom it was', fleet.told);
      expect(whispers(second).at(-1)).to.contain(name).and.contain('Nothing is left to do');
      expect(posts(question), 'one post').to.have.length(1);
      for (const who of [BEN, DEV]) expect(await waiting(who)).to.not.contain(question);
      expect(await laidAside(last())).to.deep.equal([]);
    };

    it(`what waits is unchanged, the first click settles it, and a second reads by whom${needs}`, async () => {
      await asks('Which flour?');
      await until(() => buttonsOf('Which flour?').length > 1, 'the question', fleet.told);
      await until(quiet, 'empty queues', fleet.told);
      const [list, mine] = [await waiting(), await acts('list_waiting', {}, 'ben')];
      expect(list).to.contain('Which flour?');
      await kill();
      expect(await waiting()).to.equal(list);
      expect(await acts('list_waiting', {}, 'ben')).to.deep.equal(mine);
      await settledOnce('Which flour?', 'q1');
    });

    it(`killed as soon as Slack has the post: it is posted once, and settled by the first click${needs}`, async () => {
      const at = { kind: 'call', tap: 'slackTap', call: 'chat.postMessage', nth: 1, moment: 'done' } as const;
      const killed = when(world, at, 0, () => living[0]?.kill());
      // The answer may come before the kill, or never: the commit stands either way.
      const asked = asks('Which oven?').catch((error: unknown) => error);
      await killed;
      await kill();
      await asked;
      await until(() => buttonsOf('Which oven?').length > 1, 'the question', fleet.told);
      expect(await waiting()).to.contain('Which oven?');
      await settledOnce('Which oven?', 'q2');
    });

    it(`says nothing of bugs, and no secret${needs}`, () => {
      expectClean(fleet.lines(), last());
    });
  });
