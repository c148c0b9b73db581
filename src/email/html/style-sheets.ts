// Finds the style sheets in an HTML body before its elements are read, because a sheet also styles elements that
// precede it. Pure, linear.
import { onScreen, rulesOf } from './css.ts';

export function sheetsIn(html: string): ReturnType<typeof rulesOf> {
  const lower = html.toLowerCase();
  const found: string[] = [];
  let comment = 0;
  for (let at = 0; at !== -1; ) {
    const style = lower.indexOf('<style', at);
    // Each position is searched only once. A search to the end from each sheet would take quadratic time.
    if (comment !== -1 && comment <= at) comment = lower.indexOf('<!--', at);
    if (style === -1) break;
    // A sheet in a conditional comment applies only in one program, so it is skipped.
    if (comment !== -1 && comment < style) {
      const end = lower.indexOf('-->', comment + 4);
      at = end === -1 ? -1 : end + 3;
      continue;
    }
    const begin = lower.indexOf('>', style) + 1;
    const close = lower.indexOf('</style', begin);
    if (begin === 0) break;
    const media = /\smedia\s*=\s*["']?([^"'>]{1,200})/.exec(lower.slice(style, begin))?.[1];
    if (media === undefined || onScreen(media)) found.push(html.slice(begin, close === -1 ? html.length : close));
    at = close;
  }
  return rulesOf(found.join('\n'));
}
