// A real Chromium on a whole Skein, at a first visit. Errors on the page and requests to other hosts are collected.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { aTeam, type Team } from '../../journeys/team.ts';

const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Newcomer {
  team: Team;
  /** A page in a new browser context, without stored state. */
  open(options?: BrowserContextOptions & { hash?: string; tour?: boolean }): Promise<Page>;
  /** Errors on any page, and requests to addresses outside. */
  problems: string[];
  leave(): Promise<void>;
}

/** `env`: settings of the Skein, such as another model. */
export async function aNewcomer(env: Record<string, string> = {}): Promise<Newcomer> {
  const team = await aTeam(env);
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  const problems: string[] = [];
  return {
    team,
    problems,
    async open({ hash = '', tour = false, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      if (!tour)
        await context.addInitScript({ content: `localStorage.setItem('skein.tour', '{"done":[],"closed":true}')` });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
      });
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(team.url)) problems.push(request.url());
      });
      await page.goto(`${team.url}/${hash}`);
      await page
        .getByRole('heading', { name: /^#launch|Skein|mailbox|Waiting/ })
        .first()
        .waitFor();
      return page;
    },
    async leave() {
      await browser.close();
      await team.stop();
    },
  };
}

/** Fails if an element can be scrolled sideways. */
export async function fitsItsWidth(page: Page, what: string): Promise<void> {
  const [needed, given] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
  expect(needed, what).to.be.at.most(given ?? 0);
}
