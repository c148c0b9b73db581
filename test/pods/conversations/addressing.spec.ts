import { expect } from 'chai';
import fc from 'fast-check';
import type { ParticipantId } from '../../../src/log/participant.ts';
import type { Mentioned } from '../../../src/log/place.ts';
import {
  type AddressingInput,
  MOST_HOPS,
  mentions,
  namesCalled,
  whoIsMeant,
} from '../../../src/pods/conversations/addressing.ts';

const ADA = 'person:ada';
const BEN = 'person:ben';
const SCRIBE = 'agent:scribe';
const PILOT = 'agent:pilot';
const known = new Map<string, ParticipantId>([
  ['ada', ADA],
  ['ada lindqvist', ADA],
  ['ben', BEN],
  ['ben okafor', BEN],
  ['scribe', SCRIBE],
  ['pilot', PILOT],
]);

type Thread = Partial<AddressingInput['conversation']>;

function said(text: string, thread: Thread = {}, more: Partial<AddressingInput> = {}): AddressingInput {
  const conversation = { agents: [], people: [], lastTo: [], hops: 0, ...thread };
  return { text, by: ADA, known, defaultAgent: PILOT, direct: false, conversation, ...more };
}

const agentsOf = (text: string, thread?: Thread, more?: Partial<AddressingInput>) =>
  whoIsMeant(said(text, thread, more)).agents;

/** A thread in which Ada asked scribe, and scribe answered. */
const answered: Thread = { agents: [SCRIBE], people: [ADA], lastBy: SCRIBE, lastTo: [] };

describe('addressing', () => {
  describe('by a note', () => {
    it('reaches no agent, also one that it names, one in its thread, and one in a direct message', () => {
      expect(agentsOf('note: @scribe is slow today')).to.deep.equal([]);
      expect(agentsOf('Note: not this one', answered)).to.deep.equal([]);
      expect(agentsOf('note : remember the keys', { agents: [SCRIBE] }, { direct: true })).to.deep.equal([]);
      expect(whoIsMeant(said('note: stop', answered))).to.include({ stop: false });
    });

    it('names people all the same', () => {
      expect(whoIsMeant(said('note: @ben has the keys'))).to.deep.include({ people: [BEN], agents: [] });
    });

    it('is only one at the beginning', () => {
      expect(agentsOf('@scribe note: the keys are with Ben')).to.deep.equal([SCRIBE]);
      expect(agentsOf('notes: what is open?', answered)).to.deep.equal([SCRIBE]);
    });
  });

  describe('by name', () => {
    const table: [text: string, agents: string[], why: string][] = [
      ['@scribe please draft it', [SCRIBE], 'a plain handle'],
      ['@Scribe, please', [SCRIBE], 'whatever the case, with punctuation behind'],
      ['Could you, @scribe?', [SCRIBE], 'anywhere in the text'],
      ['_@scribe_ and **@pilot**', [SCRIBE, PILOT], 'within emphasis'],
      ['(@scribe)', [SCRIBE], 'in brackets'],
      ["@scribe's turn", [SCRIBE], 'with an ending'],
      ['@Skein @scribe draft it', [SCRIBE], 'through the main app'],
      ['@Skein draft it', [PILOT], 'the bare app is the default agent'],
      ['@SKEIN', [PILOT], 'the bare app and nothing else'],
      ['@pilot @scribe @pilot', [PILOT, SCRIBE], 'each once, in order'],
      ['@ben @scribe look', [SCRIBE], 'people named beside it change nothing'],
      ['@nobody draft it', [], 'a name that nobody has'],
      ['draft it', [], 'nobody, in a new conversation'],
      ['scribe, draft it', [], 'a bare name, where scribe takes no part'],
      ['mail ada@scribe.example', [], 'a mail address'],
      ['see https://example.com/@scribe', [], 'an address of the web'],
      ['@@scribe', [], 'a doubled sign'],
      ['```\ncode``` @scribe', [SCRIBE], 'behind code, as people write it in Slack'],
      ['````\n@pilot\n````\n@scribe', [SCRIBE], 'behind a longer fence'],
    ];
    for (const [text, agents, why] of table)
      it(`takes ${JSON.stringify(text)} as for ${agents.join(' and ') || 'nobody'}: ${why}`, () => {
        expect(agentsOf(text)).to.deep.equal(agents);
      });

    it('knows people by one to four words, the longest first', () => {
      expect(mentions('@Ada Lindqvist can you look')).to.deep.equal([
        ['ada lindqvist can you', 'ada lindqvist can', 'ada lindqvist', 'ada'],
      ]);
      expect(whoIsMeant(said('@Ben Okafor please')).people).to.deep.equal([BEN]);
      expect(whoIsMeant(said('@Ben please and @ada lindqvist too')).people).to.deep.equal([BEN, ADA]);
    });

    it('has no default agent to call where the pod has none', () => {
      const { defaultAgent: _, ...without } = said('@Skein help');
      expect(whoIsMeant(without).agents).to.deep.equal([]);
    });
  });

  describe('quotes and code', () => {
    const table = [
      '`@scribe`',
      '```\n@scribe\n```',
      '```js\n@scribe and no end',
      '````md\n```\n@pilot\n```\n@scribe\n````',
      '~~~\n@scribe\n```\n@pilot\n~~~',
      '`` @scribe ` ``',
      '> @scribe wrote this',
      '  > @scribe wrote this\n> @pilot too',
      'she said “@scribe draft it” yesterday',
      'she said "@scribe draft it".',
      'sie sagte „@scribe mach das“',
      'elle a dit « @scribe fais-le »',
      'er sagte »@scribe mach das« gestern',
      "she said '@scribe draft it' and left",
      'she said ‘@scribe draft it’ and left',
      'she said "draft it\n@scribe now" twice',
      '“first\n@scribe second”',
      '>>> quoted\n@scribe and this too',
    ];
    for (const text of table)
      it(`address nobody: ${JSON.stringify(text)}`, () => {
        expect(agentsOf(text)).to.deep.equal([]);
      });

    it('are not begun by what only looks so', () => {
      expect(agentsOf("don't forget, @scribe, it isn't done")).to.deep.equal([SCRIBE]);
      expect(agentsOf('a “mark that nobody closes\n\n@scribe please”')).to.deep.equal([SCRIBE]);
      expect(agentsOf('one ` sign @scribe')).to.deep.equal([SCRIBE]);
      expect(agentsOf('`a` @scribe `b`')).to.deep.equal([SCRIBE]);
    });

    it('leave what stands beside them', () => {
      expect(agentsOf('> @scribe said so\n@pilot is it true?')).to.deep.equal([PILOT]);
      expect(agentsOf('run `@scribe` @pilot')).to.deep.equal([PILOT]);
      expect(agentsOf('a 5" board, @scribe, and a 6" one')).to.deep.equal([SCRIBE]);
    });
  });

  describe('by the service’s own mentions', () => {
    const named = (text: string, ...mentioned: Mentioned[]) => whoIsMeant(said(text, answered, { mentioned }));

    it('means whom they name, whatever their name', () => {
      const dev = 'person:dev';
      expect(named('@Scribe please look', { name: 'scribe', who: dev })).to.include({ stop: false });
      expect(named('@Scribe please look', { name: 'scribe', who: dev }).agents).to.deep.equal([]);
      expect(named('@अनिता शर्मा can you look?', { name: 'अनिता शर्मा', who: dev })).to.deep.include({
        agents: [],
        people: [dev],
      });
      expect(named('@Scribe and @pilot', { name: 'scribe', who: dev }).agents).to.deep.equal([PILOT]);
    });

    it('is for people where it is for a group, for everybody or for somebody who is not here', () => {
      for (const name of ['here', 'ops', 'zoe marsh'])
        expect(named(`@${name} what do you think?`, { name }), name).to.deep.include({ agents: [], people: [] });
    });
  });

  describe('in a thread an agent takes part in', () => {
    it('takes the next message of the one it answered', () => {
      expect(agentsOf('make it shorter', answered)).to.deep.equal([SCRIBE]);
    });

    it('takes another person’s message right after its own', () => {
      expect(agentsOf('and add a date', answered, { by: BEN })).to.deep.equal([SCRIBE]);
    });

    it('takes a second message in a row, while it still works', () => {
      const thread: Thread = { agents: [SCRIBE, PILOT], people: [ADA, BEN], lastBy: ADA, lastTo: [SCRIBE] };
      expect(agentsOf('and a title', thread)).to.deep.equal([SCRIBE]);
    });

    it('is silent when the author went on talking to a person', () => {
      const thread: Thread = { agents: [SCRIBE], people: [ADA], lastBy: ADA, lastTo: [] };
      expect(agentsOf('the second one, I mean', thread)).to.deep.equal([]);
    });

    it('is silent while people address each other', () => {
      expect(agentsOf('@ben what do you think?', answered)).to.deep.equal([]);
      expect(agentsOf('Ben, what do you think?', answered)).to.deep.equal([]);
      const toBen: Thread = { agents: [SCRIBE], people: [ADA, BEN], lastBy: ADA, lastTo: [] };
      expect(agentsOf('I like it', toBen, { by: BEN })).to.deep.equal([]);
    });

    it('is called by its bare name', () => {
      const among: Thread = { agents: [SCRIBE, PILOT], people: [ADA, BEN], lastBy: BEN };
      expect(agentsOf('scribe, could you sum up?', among)).to.deep.equal([SCRIBE]);
      expect(agentsOf('Hey Scribe: sum up', among)).to.deep.equal([SCRIBE]);
      expect(agentsOf('the scribe could sum up', among)).to.deep.equal([]);
    });

    it('is the newest of several when another app wrote last', () => {
      const thread: Thread = { agents: [SCRIBE, PILOT], people: [ADA], lastBy: 'app:ci' };
      expect(agentsOf('what failed?', thread)).to.deep.equal([PILOT]);
      expect(agentsOf('what failed?', { ...thread, people: [ADA, BEN] })).to.deep.equal([]);
    });

    it('is not woken by apps or by Skein', () => {
      expect(agentsOf('@scribe build failed', answered, { by: 'app:ci' })).to.deep.equal([]);
      expect(agentsOf('@scribe build failed', answered, { by: 'skein' })).to.deep.equal([]);
    });
  });

  describe('in a person’s own pod', () => {
    it('means the agent of the thread, else the default agent, without any name', () => {
      expect(agentsOf('hello', {}, { direct: true })).to.deep.equal([PILOT]);
      expect(agentsOf('hello', { agents: [SCRIBE], lastBy: ADA }, { direct: true })).to.deep.equal([SCRIBE]);
    });
  });

  describe('between agents', () => {
    it('wakes only whom an agent names, and never itself', () => {
      const by = { by: SCRIBE } as const;
      expect(agentsOf('@pilot over to you', answered, by)).to.deep.equal([PILOT]);
      expect(agentsOf('I am @scribe', answered, by)).to.deep.equal([]);
      expect(agentsOf('@Skein help', answered, by)).to.deep.equal([]);
      expect(agentsOf('pilot, thanks', { agents: [SCRIBE, PILOT] }, by)).to.deep.equal([]);
      expect(agentsOf('done', answered, by)).to.deep.equal([]);
    });

    it('wakes nobody whom an agent only tells of', () => {
      const by = { by: SCRIBE } as const;
      expect(agentsOf('I found:\n- @pilot please order boxes (message, Ada)', answered, by)).to.deep.equal([]);
      expect(agentsOf('Ada asked @pilot for it.', answered, by)).to.deep.equal([]);
      expect(agentsOf('That is done.\n@pilot please close #3.', answered, by)).to.deep.equal([PILOT]);
    });

    it(`ends after ${MOST_HOPS} in a row`, () => {
      const at = (hops: number) => agentsOf('@pilot again', { agents: [SCRIBE, PILOT], hops }, { by: SCRIBE });
      expect(at(MOST_HOPS - 1)).to.deep.equal([PILOT]);
      expect(at(MOST_HOPS)).to.deep.equal([]);
    });
  });

  describe('stop', () => {
    const thread: Thread = { agents: [SCRIBE, PILOT], people: [ADA, BEN], lastBy: BEN };
    const table: [text: string, agents: string[]][] = [
      ['stop', [SCRIBE, PILOT]],
      ['Please stop it now!', [SCRIBE, PILOT]],
      ['Stop, please.', [SCRIBE, PILOT]],
      ['@Skein stop', [SCRIBE, PILOT]],
      ['@scribe stop', [SCRIBE]],
      ['scribe, stop', [SCRIBE]],
      ['stop scribe', [SCRIBE, PILOT]],
      ['please stop it, scribe', [SCRIBE]],
      ['stop 🛑', [SCRIBE, PILOT]],
      ['Halt!', [SCRIBE, PILOT]],
    ];
    for (const [text, agents] of table)
      it(`takes ${JSON.stringify(text)} as for ${agents.join(' and ')}`, () => {
        expect(whoIsMeant(said(text, thread))).to.deep.include({ stop: true, agents });
      });

    for (const text of [
      'stop the presses',
      'do not stop',
      '> stop',
      '@ben stop',
      'Ben, stop',
      'nonstop',
      'please stop writing such long mails, Ben',
      'stop it, Ben',
    ])
      it(`does not take ${JSON.stringify(text)} as one`, () => {
        expect(whoIsMeant(said(text, thread)).stop).to.equal(false);
      });

    it('is a person’s word alone', () => {
      expect(whoIsMeant(said('stop', thread, { by: SCRIBE })).stop).to.equal(false);
    });
  });

  it('reads the name a text begins with', () => {
    expect(namesCalled('Thanks Ben, that helps')).to.deep.equal(['ben']);
    expect(namesCalled('please no such long mails, Chiara!')).to.deep.equal(['chiara']);
    expect(namesCalled('no names here')).to.deep.equal([]);
  });

  it('never means the author, nobody unknown, and each once', () => {
    const words = fc.constantFrom(
      '@scribe',
      '@pilot',
      '@Skein',
      '@ben',
      'stop',
      'scribe,',
      '`',
      '>',
      '"',
      '\n',
      'please',
    );
    const by = fc.constantFrom<ParticipantId>(ADA, BEN, SCRIBE, PILOT, 'app:ci', 'skein');
    fc.assert(
      fc.property(fc.array(words), by, fc.boolean(), fc.nat(10), (parts, author, direct, hops) => {
        const { agents } = whoIsMeant(said(parts.join(' '), { ...answered, hops }, { by: author, direct }));
        expect(new Set(agents).size).to.equal(agents.length);
        expect(agents).not.to.include(author);
        for (const agent of agents) expect([SCRIBE, PILOT]).to.include(agent);
      }),
    );
  });
});
