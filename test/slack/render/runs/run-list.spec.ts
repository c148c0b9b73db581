// The list of runs in Slack: readable, within the limits, and without mentions.
import { expect } from 'chai';
import fc from 'fast-check';
import { BLOCKS_JSON_CHARS, MESSAGE_BLOCKS, SECTION_CHARS, TEXT_CHARS } from '../../../../src/slack/limits.ts';
import { type ListedRun, runList } from '../../../../src/slack/render/runs/run-list.ts';

const aRun = (over: Partial<ListedRun> = {}): ListedRun => ({
  ...{
    agent: 'Scribe',
    live: true,
    does: 'has been working since',
    at: Date.UTC(2026, 10, 29, 14, 2),
    steps: 3,
    tokens: 12_400,
  },
  ...over,
});
const DATE = '<!date^1795960920^{time} {date_short_pretty}|2026-11-29 14:02 UTC>';

describe('slack/run-list', () => {
  it('says who works where, since when, for whom and how far, and how to stop it', () => {
    const run = aRun({
      title: 'Offer for <Mara>',
      link: 'https://x.slack.com/archives/C1/p1',
      whom: 'Ada',
      last: 'search_pod',
    });
    const { text, blocks } = runList({ pod: 'launch', runs: [run] });
    expect(text.split('\n')).to.deep.equal([
      'What agents do in launch',
      '*Scribe* has been working since 2026-11-29 14:02 UTC in “Offer for &lt;Mara&gt;”, for Ada',
      '3 steps, last: search_pod; 12,400 tokens',
      'Write “stop” in a thread, and what agents do there ends.',
    ]);
    expect(blocks.flatMap((block) => ('text' in block ? [(block.text as { text: string }).text] : []))).to.deep.equal([
      'What agents do in launch',
      `*Scribe* has been working since ${DATE} in <https://x.slack.com/archives/C1/p1|Offer for &lt;Mara&gt;>, for Ada\n3 steps, last: search_pod; 12,400 tokens`,
    ]);
  });

  it('lists what several people want of a run, and the buttons that control it, where there is room', () => {
    const at = Date.UTC(2026, 10, 29, 14, 2);
    const instructions = [
      { by: 'Ada', at, words: 'paint it brown', state: 'replaced' },
      { by: 'Ben', at, words: 'no, <green>', state: 'kept' },
      { by: 'Cleo', at, state: 'withdrawn' },
    ];
    const run = aRun({ instructions, buttons: [{ actionId: 'run.pause', label: 'Pause', value: 'v' }] });
    const { blocks } = runList({ pod: 'launch', runs: [run] });
    const [, section, actions] = blocks as unknown as { text: { text: string }; elements?: { action_id: string }[] }[];
    expect(section?.text.text.split('\n').slice(2)).to.deep.equal([
      `• Ada, ${DATE}: “paint it brown” _(replaced)_`,
      `• Ben, ${DATE}: “no, &lt;green&gt;” _(kept)_`,
      `• Cleo, ${DATE}: (erased) _(withdrawn)_`,
    ]);
    expect(actions?.elements?.map(({ action_id }) => action_id)).to.deep.equal(['run.pause']);
    const many = runList({ pod: 'launch', runs: Array(15).fill({ ...run, title: 'x'.repeat(80) }) });
    expect(many.blocks.filter(({ type }) => type === 'actions').length).to.be.greaterThan(1);
  });

  it('leads to a thread without a title, and gives no hint where nothing is going on', () => {
    const over = aRun({
      live: false,
      does: 'paused at',
      after: ', at the end of its budget',
      link: 'https://x',
      pod: 'launch',
      steps: 1,
    });
    const { text, blocks } = runList({ pod: 'your pods', runs: [over] });
    expect(JSON.stringify(blocks)).to.include(
      `*Scribe* paused at ${DATE}, at the end of its budget in <https://x|its thread> (launch)\\n1 step;`,
    );
    expect(text).not.to.include('stop');
    expect(runList({ pod: 'launch', runs: [] }).text).to.match(/No agent has worked in launch lately\. Mention one/);
  });

  it('stays within the limits and calls nobody, whatever it is given', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 3_000, unit: 'binary' }),
      fc.constantFrom('<!channel>', '@here', '&', '<@U1>'.repeat(900)),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), fc.boolean(), (any, many, live) => {
        const link = `https://${'a'.repeat(200)}`;
        const wish = { by: any, at: Date.UTC(2026, 10, 29, 14, 2), words: any, state: 'kept' };
        const buttons = ['run.pause', 'run.take-over', 'run.stop'].map((actionId) => ({
          ...{ actionId, label: 'Take over', value: 'p_launch/c_774vyjo16r05hanmu4xh/agent:scribe/listed' },
        }));
        const about = { agent: any, title: any, link, pod: any, whom: any, last: any };
        const run = aRun({ live, ...about, instructions: Array(20).fill(wish), ...(live ? { buttons } : {}) });
        const post = runList({ pod: any, runs: Array.from({ length: many }, () => run) });
        expect(post.text).to.have.length.below(TEXT_CHARS);
        expect(post.blocks).to.have.length.at.most(MESSAGE_BLOCKS);
        expect(JSON.stringify(post.blocks)).to.have.length.at.most(BLOCKS_JSON_CHARS);
        // A header is plain text: nothing in it is a token.
        const parsed = post.blocks.filter(({ type }) => type !== 'header');
        const said = `${post.text} ${JSON.stringify(parsed)}`.replaceAll(DATE, '');
        expect(said).to.not.match(/<!|<@|@(?:channel|here|everyone)\b/);
        for (const { type, text } of post.blocks as { type: string; text: { text: string } }[])
          if (type === 'section') expect(text.text).to.have.length.within(1, SECTION_CHARS);
      }),
      { numRuns: 60 },
    );
  });
});
