// Removes invisible characters, which can split words or hide text. Keeps those that a script or an emoji requires.
// Pure, linear.

/** Matches Unicode's default-ignorable characters and control characters. */
const suspects = /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]|[^\P{Cc}\t\n\f\r]/u;
const all = new RegExp(suspects.source, 'gu');

/** Matches the flags of England, Scotland and Wales, which are written with tag characters. */
const flags =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;

/** Matches scripts that use zero-width joiners: Arabic, the scripts of India, Mongolian and others. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Adlam}]/u;
/** Matches scripts without spaces between words. */
const unspaced =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Javanese}\p{Script=Balinese}]/u;
const pictured = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u{e007f}/u;

export interface Cleaned {
  text: string;
  /**
   * The number of removed characters that could have hidden something. Soft hyphens and byte order marks do not count.
   */
  taken: number;
}

export function withoutInvisible(text: string): Cleaned {
  if (!suspects.test(text)) return { text, taken: 0 };
  const out: string[] = [];
  let taken = 0;
  let from = 0;
  const whole = spansOf(text);
  for (const { index, 0: sign } of text.matchAll(all)) {
    if (index < from || whole.has(index)) continue;
    const before = signBefore(text, index);
    const after = String.fromCodePoint(text.codePointAt(index + sign.length) ?? 0);
    if (belongs(sign, before, after)) continue;
    out.push(text.slice(from, index));
    from = index + sign.length;
    if (!harmless.test(sign) && !(sign === JOINER && /[:@.]/.test(before))) taken += 1;
  }
  out.push(text.slice(from));
  return { text: out.join(''), taken };
}

/** The word joiner. Skein itself writes it, so that programs make no link of an address, and replies quote it. */
const JOINER = '\u2060';

/** Matches characters that hyphenation, files or terminals have left in the text. */
const harmless = /[\u00ad\ufeff\u202c]|\p{Cc}/u;

/** Returns the positions inside complete flags. */
function spansOf(text: string): Set<number> {
  const inside = new Set<number>();
  for (const { index, 0: flag } of text.matchAll(flags))
    for (let at = index; at < index + flag.length; at += 1) inside.add(at);
  return inside;
}

function signBefore(text: string, index: number): string {
  const low = text.charCodeAt(index - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && index > 1;
  return text.slice(pair ? index - 2 : Math.max(0, index - 1), index);
}

function belongs(sign: string, before: string, after: string): boolean {
  // The second of two joiners in a row has no effect, so it is removed.
  if (suspects.test(before) && before !== '\ufe0f' && !/\u{e007f}/u.test(before)) return false;
  switch (sign) {
    case '\u200d':
      return (pictured.test(before) && /\p{Extended_Pictographic}/u.test(after)) || joining.test(before);
    case '\u200c':
      return joining.test(before) && joining.test(after);
    case '\u200b':
      return unspaced.test(before) && unspaced.test(after);
    case '\u202d':
    case '\u202e':
      return false;
    case '\ufe0e':
    case '\ufe0f':
      return /[\p{Extended_Pictographic}\d#*]/u.test(before);
    case '\u034f':
      return /\p{M}/u.test(before);
    case '\u115f':
    case '\u1160':
      return /[\u1100-\u11ff]/.test(before + after);
    default:
      return isVariant(sign, before);
  }
}

/** True if this variation selector selects another form of a letter. */
function isVariant(sign: string, before: string): boolean {
  // Right-to-left text needs its direction marks. Only overrides can make a text look different.
  if (/\p{Bidi_Control}/u.test(sign)) return true;
  if (/[\u180b-\u180f]/.test(sign)) return /\p{Script=Mongolian}/u.test(before);
  if (/[\ufe00-\ufe0d]/.test(sign)) return /[\p{Script=Han}\p{Script=Myanmar}\p{Sm}]/u.test(before);
  if (/[\u17b4\u17b5]/.test(sign)) return /\p{Script=Khmer}/u.test(before);
  return /[\u{e0100}-\u{e01ef}]/u.test(sign) && /\p{Script=Han}/u.test(before);
}
