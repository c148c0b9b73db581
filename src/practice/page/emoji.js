// Emoji by their short names; a name that is not here is shown as it is written.

const EMOJI = {
  '+1': '👍',
  '-1': '👎',
  bell: '🔔',
  bread: '🍞',
  bulb: '💡',
  calendar: '📅',
  eyes: '👀',
  fire: '🔥',
  goose: '🪿',
  heart: '❤️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  mag: '🔍',
  memo: '📝',
  ok_hand: '👌',
  package: '📦',
  pencil: '✏️',
  pencil2: '✏️',
  pray: '🙏',
  pushpin: '📌',
  question: '❓',
  raised_hands: '🙌',
  robot_face: '🤖',
  rocket: '🚀',
  scroll: '📜',
  smile: '😄',
  sparkles: '✨',
  speech_balloon: '💬',
  tada: '🎉',
  test_tube: '🧪',
  thinking_face: '🤔',
  thread: '🧵',
  thumbsdown: '👎',
  thumbsup: '👍',
  triangular_ruler: '📐',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  wrench: '🔧',
  writing_hand: '✍️',
  x: '❌',
  yarn: '🧶',
};

/** `rocket` or `:rocket:` as its character. @param {string} name */
export function emoji(name) {
  const bare = name.replaceAll(':', '');
  return Object.hasOwn(EMOJI, bare) ? EMOJI[bare] : undefined;
}

/** @param {string} text */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]{1,40}):/g, (whole, name) => emoji(name) ?? whole);
}
