// Audits a page with axe: the rules of WCAG 2.2 A and AA, and axe's best practices.
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A sentence for each fault; empty when there is none. */
export async function faultsOf(page: Page): Promise<string[]> {
  // An animation that is under way would be measured halfway.
  await page.evaluate('Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))');
  await page.evaluate(`window.axe ?? (() => { ${AXE} })()`);
  const options = JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'] });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${help}: ${target.join(' ')} (${lineOf(failureSummary)})`),
  );
}

const lineOf = (text: string) => text.replace(/\s+/g, ' ');
