// Suggests completions for the word at the caret: people and agents after @, channels after #, commands after a slash. Pure.

/**
 * @typedef {{ sign: '@' | '#' | '/', from: number, to: number, typed: string }} Asked
 * @typedef {{ id: string, insert: string, name: string, detail: string, note?: string, face?: { sign?: string, agent: boolean }, mark?: string }} Choice
 */

const MOST = 20;

/** Slack's own commands: its client offers them beside those of apps. */
const OWN_COMMANDS = [
  { usage: '/invite @name', says: 'brings somebody into this channel' },
  { usage: '/remove @name', says: 'takes somebody out of this channel' },
  { usage: '/topic text', says: 'sets what this channel is about' },
  { usage: '/leave', says: 'leaves this channel' },
  { usage: '/archive', says: 'closes this channel' },
];

/** @param {string} text @param {number} caret @returns {Asked | undefined} */
export function askedAt(text, caret) {
  const before = text.slice(0, caret);
  if (/^[\p{L}\p{N}_-]/u.test(text.slice(caret))) return undefined;
  const [, sign, typed] = /(?:^|[\s(])([@#])([\p{L}\p{N}_-]*)$/u.exec(before) ?? [];
  if (sign !== undefined) return { sign, typed, from: caret - typed.length - 1, to: caret };
  return /^\/[^\n]*$/.test(before) ? { sign: '/', typed: before, from: 0, to: caret } : undefined;
}

/** @param {Asked} asked @param {ReturnType<typeof import('../model.js').createModel>} model @returns {Choice[]} */
export function choicesFor({ sign, typed }, model) {
  const word = typed.toLowerCase();
  const all = { '@': peopleOf, '#': channelsOf, '/': commandsOf }[sign](model);
  const begins = { '@': byName, '#': byName, '/': byCommand }[sign];
  const found = all.filter((one) => begins(one, word));
  return [...found.filter((one) => isSame(one, word)), ...found.filter((one) => !isSame(one, word))].slice(0, MOST);
}

/** Whether the word is complete already. @param {Asked} asked @param {readonly Choice[]} choices */
export const isWhole = ({ typed }, choices) => choices.some((one) => isSame(one, typed.toLowerCase()));

const isSame = ({ insert }, word) => {
  const bare = insert.trim().toLowerCase();
  return word !== '' && (bare === word.trim() || bare.slice(1) === word.trim());
};

const byName = ({ id, name }, word) => [id, ...name.split(/\s+/)].some((part) => part.toLowerCase().startsWith(word));

/** Matches the beginning of any word: /dig finds a command. */
const byCommand = ({ insert }, word) =>
  insert.startsWith(word) ||
  (!word.includes(' ') &&
    insert
      .slice(1)
      .split(' ')
      .some((part) => part.startsWith(word.slice(1))));

/** Members of the conversation come first. */
function peopleOf(model) {
  const { info, where, pod } = model;
  const place = model.place();
  const inPod = new Set((pod.about?.members ?? []).map(({ handle }) => handle));
  const appears = (id) => place?.kind !== 'channel' || place.members === undefined || place.members.includes(id);
  const agents = info.agents.map(({ handle, name, emoji }) => ({
    here: place?.kind !== 'channel' || inPod.size === 0 || inPod.has(handle),
    ...{ id: handle, insert: `@${handle} `, name, detail: `@${handle}`, note: 'agent' },
    face: { agent: true, ...(emoji ? { sign: emoji } : {}) },
  }));
  const people = info.users
    .filter(({ handle }) => handle !== undefined)
    .map(({ id, handle, name }) => ({
      here: appears(id),
      ...{ id: handle, insert: `@${handle} `, name, detail: `@${handle}` },
      ...(id === where.as ? { note: 'you' } : {}),
      face: { agent: false },
    }));
  const app = info.app && {
    here: appears(info.app.id),
    ...{
      id: info.app.name,
      insert: `@${info.app.name} `,
      name: info.app.name,
      detail: `@${info.app.name}`,
      note: 'app',
    },
    face: { agent: true, sign: 'skein' },
  };
  const all = [...agents, ...people, app].filter(Boolean);
  const away = all.filter(({ here }) => !here).map((one) => ({ ...one, note: `not in ${place.title}` }));
  return [...all.filter(({ here }) => here), ...away].map(({ here: _here, ...choice }) => choice);
}

const channelsOf = (model) =>
  model
    .places()
    .filter(({ kind }) => kind === 'channel')
    .map(({ title, about, sign }) => ({ id: title, insert: `#${title} `, name: title, detail: about, mark: sign }));

const commandsOf = ({ info }) =>
  [...(info.commands ?? []), ...OWN_COMMANDS].map(({ usage, says }) => {
    // Inserts only the fixed words of a usage: the person writes the arguments.
    const fixed = usage.replace(/\s+(\[.*\]|<.*|@name|text)$/, '');
    return { id: usage, insert: fixed === usage ? usage : `${fixed} `, name: usage, detail: says };
  });
