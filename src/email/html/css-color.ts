// Parses CSS and HTML colours, and tells whether text is visible on a background. Pure.

/** A colour: red, green and blue from 0 to 255, opacity from 0 to 1. */
export interface Color {
  rgb: readonly [number, number, number];
  alpha: number;
}

export const BLACK: Color = { rgb: [0, 0, 0], alpha: 1 };
export const WHITE: Color = { rgb: [255, 255, 255], alpha: 1 };
export const LINK: Color = { rgb: [0, 0, 238], alpha: 1 };

/** Greys, whites and the sixteen colours of HTML 4. Nobody hides text with colours of other names. */
const names: Readonly<Record<string, string>> = {
  ...{
    white: 'ffffff',
    snow: 'fffafa',
    ivory: 'fffff0',
    ghostwhite: 'f8f8ff',
    floralwhite: 'fffaf0',
    seashell: 'fff5ee',
  },
  ...{ whitesmoke: 'f5f5f5', mintcream: 'f5fffa', azure: 'f0ffff', aliceblue: 'f0f8ff', honeydew: 'f0fff0' },
  ...{ oldlace: 'fdf5e6', linen: 'faf0e6', beige: 'f5f5dc', cornsilk: 'fff8dc', lavenderblush: 'fff0f5' },
  ...{ lightyellow: 'ffffe0', lightcyan: 'e0ffff', lavender: 'e6e6fa', gainsboro: 'dcdcdc', lightgray: 'd3d3d3' },
  ...{ lightgrey: 'd3d3d3', silver: 'c0c0c0', darkgray: 'a9a9a9', darkgrey: 'a9a9a9', gray: '808080', grey: '808080' },
  ...{ dimgray: '696969', dimgrey: '696969', black: '000000', red: 'ff0000', maroon: '800000', yellow: 'ffff00' },
  ...{
    olive: '808000',
    lime: '00ff00',
    green: '008000',
    aqua: '00ffff',
    cyan: '00ffff',
    teal: '008080',
    blue: '0000ff',
  },
  ...{ navy: '000080', fuchsia: 'ff00ff', magenta: 'ff00ff', purple: '800080', orange: 'ffa500', pink: 'ffc0cb' },
};

/** Returns the colour. Undefined for an unknown one. */
export function colorOf(text: string): Color | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === 'transparent') return { rgb: [0, 0, 0], alpha: 0 };
  const hex = /^#?([0-9a-f]{3,8})$/.exec(names[plain] ?? plain)?.[1];
  if (hex && [3, 4, 6, 8].includes(hex.length)) return ofHex(hex);
  const call = /^(rgb|hsl)a?\(([^()]{1,100})\)$/.exec(plain);
  const [a, b, c, d = '1'] = (call?.[2] ?? '').split(/[\s,/]+/).filter(Boolean);
  if (!call || a === undefined || b === undefined || c === undefined) return undefined;
  const alpha = Math.max(0, Math.min(1, part(d, 1)));
  if (call[1] === 'rgb') return { rgb: [part(a, 255), part(b, 255), part(c, 255)], alpha };
  return { rgb: ofHue(Number.parseFloat(a), part(b, 1), part(c, 1)), alpha };
}

function ofHex(hex: string): Color {
  const wide = hex.length < 6 ? hex.replace(/./g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0, a = 255] = (wide.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return { rgb: [r, g, b], alpha: a / 255 };
}

function part(text: string, whole: number): number {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? 0 : text.endsWith('%') ? (value / 100) * whole : value;
}

function ofHue(hue: number, saturation: number, light: number): Color['rgb'] {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const reach = saturation * Math.min(light, 1 - light);
    return 255 * (light - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Returns the colour that readers see if `front` is painted on top of `back`. */
export function over(front: Color, back: Color): Color {
  const mix = (n: 0 | 1 | 2) => front.rgb[n] * front.alpha + back.rgb[n] * (1 - front.alpha);
  return { rgb: [mix(0), mix(1), mix(2)], alpha: 1 };
}

/** The smallest visible contrast (WCAG 2). The other limits are for colours of equal lightness but another hue. */
const LEAST_CONTRAST = 1.2;
const MOST_APART = 40;

export function looksAlike(front: Color, back: Color): boolean {
  const shown = over(front, back);
  const apart = Math.max(...shown.rgb.map((value, n) => Math.abs(value - (back.rgb[n] ?? 0))));
  const [lighter = 0, darker = 0] = [luminance(shown), luminance(back)].sort((a, b) => b - a);
  return apart <= MOST_APART && (lighter + 0.05) / (darker + 0.05) < LEAST_CONTRAST;
}

function luminance({ rgb }: Color): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
