// Audits a page with axe: the rules of WCAG 2.2 A and AA, and axe's best practices.
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules of axe that look at colours. */
const OF_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/**
 * A sentence for each fault; empty when there is none. `colours`: only of the rules that look at them, for a page whose other scheme
 * was audited wholly.
 */
export async function faultsOf(page: Page, { colours = false } = {}): Promise<string[]> {
  // An animation that is under way would be measured halfway.
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))');
  // Half a megabyte, which a page needs once.
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly: colours ? OF_COLOURS : TAGS, resultTypes: ['violations'] });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help}: ${target.join(' ')} (${lineOf(failureSummary)})`),
  );
}

const lineOf = (text: string) => text.replace(/\s+/g, ' ');
