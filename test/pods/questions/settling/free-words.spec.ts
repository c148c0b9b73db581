// Which question the words of a person answer: one alone, or none.
import { expect } from 'chai';
import fc from 'fast-check';
import type { QuestionDoc } from '../../../../src/pods/questions/question.ts';
import { optionIn, questionMeant } from '../../../../src/pods/questions/settling/free-words.ts';

function aQuestion(number: number, over: Partial<QuestionDoc> = {}): QuestionDoc {
  return {
    ...{
      id: `q_${number}`,
      rev: 1,
      pod: 'p',
      seq: number,
      number,
      by: 'agent:scribe',
      conversation: 'c',
      message: 'm',
    },
    ...{ posted: number, body: 'b_1', options: [], asked: ['person:ben'], needed: 1, state: 'open', answers: [] },
    ...{ dueAt: 0, told: [number], at: 1, ...over },
  };
}

const alone = { named: [], strangers: false, open: [aQuestion(1)] } as const;
const two = { named: [], strangers: false, open: [aQuestion(1), aQuestion(2)] } as const;

describe('the words of a person and the open questions', () => {
  it('answer the only one', () => {
    for (const text of ['Yes', 'the old price', '80 €', '👍', '@scribe take the second one.'])
      expect(questionMeant({ ...alone, text }), text).to.deep.include({ kind: 'one' });
  });

  it('answer none that they ask back about, and none without a word', () => {
    for (const text of ['Which price do you mean?', 'Hm?', '', '   ', '…', '> Yes', 'Really?!'])
      expect(questionMeant({ ...alone, text }).kind, text).to.equal('none');
  });

  it('answer none of two, and bring both back', () => {
    const meant = questionMeant({ ...two, text: 'Yes' });
    expect(meant.kind === 'unclear' && meant.questions.map(({ number }) => number)).to.deep.equal([1, 2]);
  });

  it('answer the one of two whose number or whose mail they name', () => {
    for (const said of [{ text: 'q2: yes' }, { text: 'Q2 – the blue one' }, { text: 'Yes', mail: 'q_2' }]) {
      const meant = questionMeant({ ...two, ...said });
      expect(meant.kind === 'one' && meant.question.number, said.text).to.equal(2);
    }
  });

  it('do not answer the open one if they begin with the number of one that is over', () => {
    const open = [aQuestion(2)];
    for (const text of ['q1: yes', 'Q1 – the blue one', '@scribe q7, no', 'q1'])
      expect(questionMeant({ ...alone, open, text }).kind, text).to.equal('unclear');
    for (const text of ['Q3 is too early, take Q4', 'We launch in Q1: yes', 'q2: yes'])
      expect(questionMeant({ ...alone, open, text }).kind, text).to.equal('one');
  });

  it('answer none if they are for somebody else', () => {
    const others = [
      { named: ['agent:pilot'] as const },
      { named: ['person:chiara'] as const },
      { named: ['agent:scribe', 'person:chiara'] as const },
      { named: [], strangers: true },
    ];
    for (const other of others)
      expect(questionMeant({ ...alone, ...other, text: 'Yes, please.' }).kind).to.equal('none');
  });

  it('answer the question of the agent that they name, of two agents', () => {
    const open = [aQuestion(1), aQuestion(2, { by: 'agent:pilot' })];
    const meant = questionMeant({ open, strangers: false, named: ['agent:pilot'], text: '@pilot yes' });
    expect(meant.kind === 'one' && meant.question.number).to.equal(2);
  });

  it('never settle more than one, nor one that is not open to their author', () => {
    const some = fc.record({
      text: fc.oneof(fc.string(), fc.constantFrom('yes', 'q1', 'q2 no', 'q1 and q2', '@scribe yes', 'q9')),
      numbers: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
      mail: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(some, ({ text, numbers, mail }) => {
        const open = numbers.map((n) => aQuestion(n));
        const meant = questionMeant({ text, mail: `q_${mail}`, named: [], strangers: false, open });
        if (meant.kind === 'one') {
          expect(open).to.include(meant.question);
          const named = text.toLowerCase().includes(`q${meant.question.number}`);
          expect(open.length === 1 || mail === meant.question.number || named).to.equal(true);
        }
      }),
    );
  });
});

describe('the option that words name', () => {
  const options = ['Yes', 'Yes, both', 'No', '80 €'];

  it('is the one that they begin with, the longest first', () => {
    const cases: [string, number | undefined][] = [
      ['yes', 0],
      ['Yes!', 0],
      ['yes, but only until Friday', 0],
      ['Yes, both of them', 1],
      ['no.', 2],
      ['@scribe No', 2],
      ['80 €, please', 3],
      ['2', 1],
      ['q7: no', 2],
    ];
    for (const [text, n] of cases) expect(optionIn(text, options), text).to.equal(n);
  });

  it('is none for other words, and none for a number beyond them', () => {
    for (const text of ['not yet', 'nothing', 'maybe yes', '5', '0', '', 'I would say no'])
      expect(optionIn(text, options), text).to.equal(undefined);
  });
});
