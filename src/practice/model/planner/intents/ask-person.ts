// Handles "ask Ben: which flour do we order, rye or wheat?" and "ask Ben whether the mill delivers on Friday": puts the
// question to the person with its options as buttons, waits, and keeps the answer as a decision.

import { call, type Intent, part, say, type Talk, troubleOf, tryCall } from '../intent.ts';
import type { SettledQuestion } from '../settled.ts';
import type { Wish } from '../situation.ts';
import { asTitle, personOf, quoted, whoPattern } from '../words.ts';

const direct = new RegExp(`^[Aa]sk\\s+(${whoPattern})\\s*[:,–—-]\\s*(.+)$`, 'su');
const which = new RegExp(`^[Aa]sk\\s+(${whoPattern})\\s+((?:which|what|when|where|who|how|why)\\b.+)$`, 'su');
const whether = new RegExp(`^[Aa]sk\\s+(${whoPattern})\\s+(?:whether|if)\\s+(.+)$`, 'su');

export const askPerson: Intent = {
  hear(wish, { offered }) {
    const asked = questionIn(wish);
    if (!asked) return undefined;
    if (!offered.has('ask')) return () => say('I have no tool here with which I could ask somebody.');
    return () => asking(asked, wish.assigned?.ref);
  },
};

interface Asked {
  to: string;
  question: string;
  options: string[];
}

function questionIn(wish: Wish): Asked | undefined {
  const [, who, words] = direct.exec(wish.text) ?? which.exec(wish.text) ?? [];
  if (who && words) return { to: personOf(who, wish), question: sentence(words), options: optionsIn(words) };
  const [, whom, matter] = whether.exec(wish.text) ?? [];
  if (!whom || !matter) return undefined;
  const from = wish.from?.split(' ')[0] ?? 'Somebody';
  const question = `${from} would like to know whether ${matter.trim().replace(/[\s.?!]+$/, '')}.`;
  return { to: personOf(whom, wish), question, options: ['Yes', 'No'] };
}

function sentence(words: string): string {
  const text = words.trim().replace(/[\s.]+$/, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[?!]$/.test(text) ? '' : '?'}`;
}

/** Returns the choices at the end of a question: "rye, wheat or spelt?" has three. */
function optionsIn(words: string): string[] {
  const [, choices = ''] = /[,:?(–—-]\s*([^:?()]{1,200}\sor\s[^,:?()]{1,60})\)?[\s.?]*$/su.exec(words) ?? [];
  const options = choices.split(/,\s*(?:or\s+)?|\s+or\s+/).map((one) => asTitle(one));
  const whole = options.every((one) => one.length > 0 && one.length <= 60);
  return whole && options.length > 1 && options.length <= 6 ? options : [];
}

/** `own`: the task of its own that the question is about. */
function* asking({ to, question, options }: Asked, own: string | undefined): Talk {
  const [asked] = yield [tryCall('ask', { to: [to], question, ...(options.length ? { options } : {}) })];
  const [assumed] = options;
  if (asked?.kind === 'failed' && asked.text.startsWith('Not asked: ') && own && assumed) {
    const assumptions = [`${question} ${assumed}`];
    yield [call('complete_task', { task: own, note: `${assumed} it is.`, assumptions })];
    return `Done: ${own}. Nobody was to be asked, so I took: ${assumed}.`;
  }
  const trouble = asked && troubleOf(asked);
  if (trouble) return trouble;
  const number = part<{ number?: string }>(asked, 'question')?.number;
  if (!number) return `I have asked ${to}.`;
  yield [call('wait_for', { questions: [number] })];
  return `I have asked ${to}: ${number}. I go on as soon as there is an answer.`;
}

/** Goes on once a question is settled. An answer is kept as a decision, once. `decided`: the decisions that are kept already. */
export function* goOn({ number, asked, answers, says }: SettledQuestion, decided: readonly string[]): Talk {
  const [first] = answers;
  if (!first) return says || `${number} has no answer.`;
  const said = answers.map(({ from, choice, words }) => `${from}: ${[choice, words].filter(Boolean).join(' – ')}`);
  const decision = `${asked || number} ${[first.choice, first.words].filter(Boolean).join(' – ')}`.trim();
  const told = `${number} is answered. ${said.map((one) => quoted(one, 300)).join(', ')}.`;
  if (decided.includes(decision)) return `${told} That stands as a decision already.`;
  const [kept] = yield [tryCall('record_decision', { decision, why: `${first.from} answered ${number}` })];
  const written = kept?.kind === 'ok' ? ' I have written that down as a decision.' : '';
  return `${told}${written}`;
}
