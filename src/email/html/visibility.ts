// Decides from its styles whether the text of an HTML element is visible. Pure.
import type { Declarations } from './css.ts';
import { BLACK, type Color, colorOf, LINK, looksAlike, over, WHITE } from './css-color.ts';

/** The ways in which text can be hidden. */
export type Way = 'style' | 'colour' | 'size' | 'position' | 'signs';

export interface Visibility {
  /** Set if all content of the element is hidden, even if an inner element has other styles. */
  gone?: Way;
  hidden: boolean;
  /** The font size in pixels. */
  size: number;
  /** The indent in pixels. A large negative one moves text off the screen. */
  indent: number;
  /** The text's colour. Undefined if unknown. */
  color: Color | undefined;
  behind: Color | undefined;
}

export const VISIBLE: Visibility = { hidden: false, size: 16, indent: 0, color: BLACK, behind: WHITE };

/** The largest font size at which letters count as hidden, in pixels. */
const LEAST_SIZE = 2;
const FAR = 900;

/** Returns how text in this element is hidden. Undefined if it is visible. */
function hiddenBy({ gone, hidden, size, indent, color, behind }: Visibility): Way | undefined {
  if (gone) return gone;
  if (hidden) return 'style';
  if (size <= LEAST_SIZE) return 'size';
  if (indent <= -FAR) return 'position';
  return color && (color.alpha === 0 || (behind && looksAlike(color, behind))) ? 'colour' : undefined;
}

function visibilityOf(
  above: Visibility,
  { name, attributes }: { name: string; attributes: Readonly<Record<string, string>> },
  styles: Declarations,
): Visibility {
  if (above.gone || (styles.size === 0 && !VISIBILITY_ATTRIBUTES.some((one) => attributes[one] !== undefined)))
    return above;
  const gone = goneBy(name, attributes, styles);
  if (gone) return { ...above, gone };
  const behind = backgroundOf(above.behind, attributes, styles);
  return {
    hidden: visibilityIn(styles.get('visibility'), above.hidden),
    size: sizeOf(above.size, name, attributes, styles),
    indent: lengthOf(styles.get('text-indent'), above.size) ?? above.indent,
    color: textColorOf(above.color, name, attributes, styles),
    behind,
  };
}

/** Returns a function that caches its results, because a page has thousands of elements but few different styles. */
export function makeVisibilities() {
  const known = new Map<Visibility, Map<Declarations, Map<string, Visibility>>>();
  const ways = new Map<Visibility, Way | undefined>();
  return {
    of(
      above: Visibility,
      element: { name: string; attributes: Readonly<Record<string, string>> },
      styles: Declarations,
    ) {
      const present = VISIBILITY_ATTRIBUTES.filter((one) => element.attributes[one] !== undefined);
      if (present.length > 1 || (present.length === 1 && present[0] !== 'href'))
        return visibilityOf(above, element, styles);
      const byStyles = known.get(above) ?? new Map<Declarations, Map<string, Visibility>>();
      const byName = byStyles.get(styles) ?? new Map<string, Visibility>();
      const key = `${element.name}${present.length}`;
      const found = byName.get(key) ?? visibilityOf(above, element, styles);
      known.set(above, byStyles.set(styles, byName.set(key, found)));
      return found;
    },
    hiddenBy(visibility: Visibility): Way | undefined {
      if (!ways.has(visibility)) ways.set(visibility, hiddenBy(visibility));
      return ways.get(visibility);
    },
  };
}

/** Attributes that affect visibility. */
const VISIBILITY_ATTRIBUTES = ['hidden', 'bgcolor', 'background', 'color', 'text', 'size', 'href'];

function visibilityIn(value: string | undefined, above: boolean): boolean {
  if (value === 'hidden' || value === 'collapse') return true;
  return value === 'visible' || value === 'initial' ? false : above;
}

export const inlineTags = new Set(
  'a abbr b bdi bdo big cite code em font i kbd label q s samp small span strike strong sub sup tt u'.split(' '),
);
const table = new Set('table thead tbody tfoot tr td th'.split(' '));

function goneBy(name: string, attributes: Readonly<Record<string, string>>, styles: Declarations): Way | undefined {
  const display = styles.get('display');
  if (display === 'none') return 'style';
  if (attributes.hidden !== undefined && display === undefined) return 'style';
  if (styles.get('mso-hide') === 'all' || styles.get('content-visibility') === 'hidden') return 'style';
  if (numberIn(styles.get('opacity')) < 0.05) return 'style';
  if (/\bopacity\(\s*(?:0|0?\.0\d*|[0-4]%)\s*\)/.test(styles.get('filter') ?? '')) return 'style';
  if (
    /\bscale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]|translate(?:3d|x|y)?\([^()]*-\d{4,}/.test(styles.get('transform') ?? '')
  )
    return 'position';
  const position = styles.get('position') ?? 'static';
  const floats = position === 'absolute' || position === 'fixed';
  const flat = display ? /^inline$/.test(display) : inlineTags.has(name);
  const boxed = !(flat && !floats && !/left|right/.test(styles.get('float') ?? ''));
  const cell = table.has(name) && (display === undefined || display.startsWith('table'));
  if (boxed && !cell && isClosedBox(styles)) return 'position';
  if (floats && isNothing(styles.get('clip'))) return 'position';
  if (isCutAway(styles.get('clip-path') ?? styles.get('-webkit-clip-path'))) return 'position';
  if (position !== 'static' && ['left', 'right', 'top', 'bottom'].some((side) => isFar(styles.get(side))))
    return 'position';
  if (['margin-left', 'margin-top'].some((side) => isFar(styles.get(side)))) return 'position';
  return undefined;
}

function numberIn(value: string | undefined): number {
  const number = Number.parseFloat(value ?? '');
  return Number.isNaN(number) ? 1 : value?.endsWith('%') ? number / 100 : number;
}

/** True for a box that clips its content and has almost no height or width. */
function isClosedBox(styles: Declarations): boolean {
  const closed = ['overflow', 'overflow-x', 'overflow-y'].some((one) =>
    /hidden|clip|auto|scroll/.test(styles.get(one) ?? ''),
  );
  const hair = (key: string) => (lengthOf(styles.get(key), 16) ?? 100) <= 1;
  return closed && ['height', 'max-height', 'width', 'max-width'].some(hair);
}

function isFar(value: string | undefined): boolean {
  const length = lengthOf(value, 16) ?? 0;
  return length <= -FAR || length >= 5_000 || /^-(?:[2-9]\d\d|\d{4,})(?:\.\d+)?(?:%|v[wh])$/.test(value ?? '');
}

/** True for a clip that shows nothing, such as `clip: rect(1px, 1px, 1px, 1px)`. */
function isNothing(clip: string | undefined): boolean {
  const sides = /^rect\(([^()]*)\)/
    .exec(clip ?? '')?.[1]
    ?.split(/[\s,]+/)
    .filter(Boolean);
  const [top = 0, right = 100, bottom = 100, left = 0] = (sides ?? []).map((side) => Number.parseFloat(side));
  return sides !== undefined && ((bottom - top) * (right - left) <= 1 || bottom <= top || right <= left);
}

function isCutAway(path: string | undefined): boolean {
  if (path === undefined) return false;
  const inset = /^inset\(\s*(\d+(?:\.\d+)?)%/.exec(path)?.[1];
  return (
    Number(inset ?? 0) >= 50 ||
    /^(?:circle|ellipse)\(\s*0(?:px|%)?[\s,)]|^polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*(?:,\s*0(?:px|%)?\s+0(?:px|%)?\s*)*\)/.test(
      path,
    )
  );
}

const pixels: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  rem: 16,
  vw: 9,
  vh: 9,
};
const keywords: Readonly<Record<string, number>> = {
  ...{ 'xx-small': 9, 'x-small': 10, small: 13, medium: 16, large: 18, 'x-large': 24, 'xx-large': 32, initial: 16 },
};

/** Returns a length in pixels. Undefined for other values, and for lengths that depend on more than the font size. */
function lengthOf(value: string | undefined, em: number): number | undefined {
  const [, number = '', unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))([a-z%]*)$/.exec(value ?? '') ?? [];
  if (number === '') return undefined;
  const size = Number.parseFloat(number);
  if (size === 0 || unit === '') return size;
  if (unit === 'em') return size * em;
  if (unit === 'ex' || unit === 'ch') return (size * em) / 2;
  return pixels[unit] === undefined ? undefined : size * pixels[unit];
}

const USUAL_SIZE = 16;
const FONT_SIZES = [10, 10, 13, 16, 18, 24, 32, 48];

/** Returns the element's font size. Its own size replaces the parent's, even if the parent's size is 0. */
function sizeOf(
  above: number,
  name: string,
  attributes: Readonly<Record<string, string>>,
  styles: Declarations,
): number {
  const value = styles.get('font-size') ?? shorthandSize(styles.get('font'));
  if (value !== undefined) {
    const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
    if (share) return (above * Number(share)) / 100;
    if (value === 'smaller') return above * 0.8;
    if (value === 'larger') return above * 1.2;
    if (/^(?:inherit|unset|revert)$/.test(value)) return above;
    // A text of unknown size counts as visible.
    return keywords[value] ?? lengthOf(value, above) ?? USUAL_SIZE;
  }
  const [, sign, number = ''] = (name === 'font' && /^([+-]?)(\d)$/.exec(attributes.size?.trim() ?? '')) || [];
  if (number === '') return above;
  const step = sign ? 3 + Number(`${sign}${number}`) : Number(number);
  return FONT_SIZES[Math.max(1, Math.min(7, step))] ?? above;
}

/** Returns the size in a value of `font`, as `0/0 a` or `bold 12px/20px Arial`. */
function shorthandSize(font: string | undefined): string | undefined {
  return font
    ?.split(/\s+/)
    .map((word) => word.split('/')[0] ?? '')
    .find((word) => /^\.?\d.*[a-z%]$|^0$/.test(word));
}

function textColorOf(
  above: Color | undefined,
  name: string,
  attributes: Readonly<Record<string, string>>,
  styles: Declarations,
): Color | undefined {
  const fill = styles.get('-webkit-text-fill-color') ?? styles.get('color');
  const value = fill ?? (name === 'font' ? attributes.color : name === 'body' ? attributes.text : undefined);
  if (value === undefined) return name === 'a' && attributes.href !== undefined ? LINK : above;
  if (/^(?:inherit|unset|currentcolor)$/.test(value)) return above;
  return value === 'initial' ? BLACK : colorOf(value);
}

/** Returns the colour of the nearest opaque background. Undefined for a picture, which may have any colour. */
function backgroundOf(
  above: Color | undefined,
  attributes: Readonly<Record<string, string>>,
  styles: Declarations,
): Color | undefined {
  const image = styles.get('background-image');
  const all = styles.get('background');
  if (attributes.background || /url\(|gradient\(/.test(`${image ?? ''} ${all ?? ''}`)) return undefined;
  const value = styles.get('background-color') ?? all ?? attributes.bgcolor;
  if (value === undefined || /^(?:none|inherit|unset|initial|transparent)$/.test(value)) return above;
  const found =
    colorOf(value) ??
    value
      .split(/\s+(?![^(]*\))/)
      .map(colorOf)
      .find(Boolean);
  if (!found) return /var\(/.test(value) || !/\d|none/.test(value) ? undefined : above;
  return found.alpha === 1 ? found : above && over(found, above);
}
