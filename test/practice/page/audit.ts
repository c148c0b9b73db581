// What an automatic check of accessibility can find, by the browser's own accessibility tree and the colours it computed:
// names of controls, references, roles, headings, and contrast after WCAG 2.2 AA.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface AxNode {
  role?: { value: string };
  name?: { value: string };
  ignored: boolean;
  backendDOMNodeId?: number;
}

const NAMED = new Set([
  'button',
  'link',
  'textbox',
  'searchbox',
  'combobox',
  'listbox',
  'checkbox',
  'radio',
  'tab',
  'tabpanel',
  'dialog',
  'region',
  'navigation',
  'complementary',
  'img',
  'DateTime',
  'Date',
]);

const IN_PAGE = readFileSync(new URL('audit-in-page.js', import.meta.url), 'utf8');

/** A sentence for each fault; empty when there is none. */
export async function faultsOf(page: Page): Promise<string[]> {
  const seen = (await page.evaluate(`${IN_PAGE}
faultsSeen()`)) as string[];
  return [...(await namesMissing(page)), ...seen];
}

async function namesMissing(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  await session.detach();
  return nodes
    .filter(({ ignored, role, name }) => !ignored && NAMED.has(role?.value ?? '') && !name?.value.trim())
    .map(({ role, backendDOMNodeId }) => `a ${role?.value} has no name (node ${backendDOMNodeId})`);
}
