// A thread in which somebody writes every two seconds while the agent works, in Slack: its three effects are done within a
// minute all the same, and nothing is posted about any word. SKEIN_TELL: prints what the holds cost.
import { expect } from 'chai';
import { type PromptCache, promptCache } from '../../src/practice/model/prompt-cache.ts';
import type { MessagesRequest, Plan } from '../../src/practice/model/wire.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen } from './team.ts';

type Marked = Seen & { reactions?: { name: string }[] };

const EFFECTS = 3;
const ANSWER = 'All three are there.';
const MINUTE_MS = 60_000;
/** How long the model thinks about a call, and about letting held calls go ahead, in milliseconds. */
const CALL_MS = 9000;
const GO_AHEAD_MS = 2000;
const WORD_MS = 2000;
/** A conversation in the thread at its liveliest: every word needs the agent to look, and none is for it. */
const WORDS = ['and so on', 'quite so', 'we had that last year', 'Dev will know'];

/** A clock that runs as the real one, except that a test may stop it and let it pass as it likes. */
function aHeldClock() {
  const real = middayClock();
  let ahead = 0;
  let held: number | undefined;
  const now = () => held ?? real() + ahead;
  return {
    now,
    hold: () => (held = now()),
    pass: (ms: number) => (held = now() + ms),
    release() {
      ahead = now() - real();
      held = undefined;
    },
  };
}

const newest = ({ messages }: MessagesRequest) => JSON.stringify(messages.at(-1)?.content);
const heldIn = (request: MessagesRequest) => [...newest(request).matchAll(/Held \((\d+\.\d+)\)/g)].map(([, of]) => of);
const dueIn = (request: MessagesRequest) => [...newest(request).matchAll(/due: (i\d+)/g)].map(([, of = '']) => of);
const madeIn = ({ messages }: MessagesRequest) =>
  (JSON.stringify(messages).match(/"type":"tool_use"[^{]*"name":"create_task"/g) ?? []).length;

const hasAnswered = ({ messages }: MessagesRequest) => JSON.stringify(messages).includes(ANSWER);

/** Makes one task a turn. What was held goes ahead alone; verdicts stand first in the turn with the next call. */
function planned(request: MessagesRequest): Plan {
  const [held, due, made] = [[...new Set(heldIn(request))], dueIn(request), madeIn(request)];
  const verdicts = Object.fromEntries(due.map((of) => [of, 'none']));
  const ahead =
    held.length || (due.length && made < EFFECTS) ? [{ name: 'go_ahead', input: { calls: held, verdicts } }] : [];
  const next = !held.length && made < EFFECTS ? [{ name: 'create_task', input: { title: `Part ${made + 1}` } }] : [];
  const calls: { name: string; input: Record<string, unknown> }[] = [...ahead, ...next];
  // What comes while it answers, it hears, and has nothing to say to.
  if (!calls.length && hasAnswered(request)) calls.push({ name: 'stay_silent', input: {} });
  if (!calls.length) return { content: [{ type: 'text', text: ANSWER }], stopReason: 'end_turn' };
  const id = (n: number) => `toolu_${request.messages.length}_${n}`;
  return {
    content: calls.map((call, n) => ({ type: 'tool_use', id: id(n), ...call }) as const),
    stopReason: 'tool_use',
  };
}

interface Spent {
  turns: number;
  words: number;
  seconds: number;
  /** Tokens of the requests that no cache had, and that it had. */
  anew: number;
  cached: number;
  written: number;
}

interface Asked {
  spent: Spent;
  ts: string;
  /** The marks that stood on the words at once. */
  marks: Set<string>;
  /** The words, by their times in Slack. */
  said: string[];
}

describe('a thread in which somebody writes every two seconds, in Slack', () => {
  const clock = aHeldClock();
  let team: SlackTeam;
  let model: ModelFront;
  before(async () => {
    model = await aModelFront({ plan: planned, now: clock.now });
    team = await aSlackTeam(model.settings, clock.now);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await team.stop();
    await model.stop();
  });

  const thread = async (ts: string) => (await team.messages('launch', ts)) as Marked[];
  const tasks = async (): Promise<string[]> => {
    const { body } = await team.act<{ tasks: { title: string }[] }>('ada', 'launch', 'list_tasks', { state: 'all' });
    return body.tasks.map(({ title }) => title).filter((title) => title.startsWith('Part'));
  };

  /** Asks for the three effects, while Ben writes `words` as long as the model thinks. */
  async function asked(words: readonly string[]): Promise<Asked> {
    const cache = promptCache(clock.now);
    const spent: Spent = { turns: 0, words: 0, seconds: 0, anew: 0, cached: 0, written: 0 };
    const before = (await tasks()).length;
    const marks = new Set<string>();
    const began = clock.now();
    let due = began + WORD_MS;
    let answered = false;
    const said: string[] = [];
    const call = team.say('ada', 'launch', '@scribe please add the three parts of the plan');
    model.atRequest = async () => {
      const ts = await call;
      clock.hold();
      const request = JSON.parse(model.bodies.at(-1) ?? '') as MessagesRequest;
      count(spent, cache, request);
      const ends = clock.now() + (heldIn(request).length ? GO_AHEAD_MS : CALL_MS);
      for (; words.length && !answered && due <= ends; due += WORD_MS) {
        clock.pass(Math.max(0, due - clock.now()));
        const word = await team.say('ben', 'launch', words[spent.words++ % words.length] ?? '', ts);
        said.push(word);
        marks.add(await team.when('a mark on the word', async () => markOn(await thread(ts), word)));
      }
      clock.pass(ends - clock.now());
      clock.release();
      answered ||= planned(request).stopReason === 'end_turn';
      return 'pass';
    };
    const ts = await call;
    await team.when('the three effects', async () => (await tasks()).length === before + EFFECTS);
    spent.seconds = (clock.now() - began) / 1000;
    await team.answer('launch', ts, 'Scribe');
    await team.quiet();
    return { spent, ts, marks, said };
  }

  it('has the three effects within a minute, a mark on each word at once, and no message about any', async () => {
    const ordinary = await asked([]);
    const chatty = await asked(WORDS);
    if (process.env.SKEIN_TELL)
      for (const [name, { spent }] of Object.entries({ ordinary, chatty })) console.log(`      ${name}`, spent);
    expect(chatty.spent.words).to.be.greaterThan(15);
    expect(chatty.spent.seconds * 1000, 'the three effects').to.be.below(MINUTE_MS);

    const all = await thread(chatty.ts);
    const others = all.filter(({ username }) => !['Ada Lindqvist', 'Ben Okafor'].includes(username));
    // The card of the run, and the answer.
    expect(others.map(({ username }) => username)).to.deep.equal(['Skein', 'Scribe']);
    expect(others[0]?.text).to.match(/^\*Scribe\* (?:answered|ended) at/);
    expect([...chatty.marks]).to.deep.equal(['hourglass_flowing_sand']);
    await team.when('✅ alone on every word', async () => {
      const now = await thread(chatty.ts);
      const all = [chatty.ts, ...chatty.said].map((ts) => markOn(now, ts));
      return all.every((mark) => mark === 'white_check_mark');
    });
    expect(ordinary.spent.turns).to.equal(EFFECTS + 1);
    // At most two holds for each effect, and one more turn for what comes while it answers.
    expect(chatty.spent.turns).to.be.at.most(3 * EFFECTS + 2);
    expect(chatty.spent.anew / ordinary.spent.anew).to.be.below(2);
  });
});

function markOn(thread: readonly Marked[], ts: string): string | undefined {
  return (
    thread
      .find((one) => one.ts === ts)
      ?.reactions?.map(({ name }) => name)
      .join() || undefined
  );
}

function count(spent: Spent, cache: PromptCache, request: MessagesRequest): void {
  const usage = cache.use(request);
  spent.turns += 1;
  spent.anew += usage.input_tokens + usage.cache_creation_input_tokens;
  spent.cached += usage.cache_read_input_tokens;
  spent.written += Math.ceil(JSON.stringify(planned(request).content).length / 4);
}
