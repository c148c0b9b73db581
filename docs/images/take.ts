// Takes the pictures of the README again: node --import tsx docs/images/take.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { readConfig } from '../../src/config/config.ts';
import { makeLog } from '../../src/logger.ts';
import { start } from '../../src/main.ts';

const HOME = resolve(import.meta.dirname, '../..');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SIZE = { width: 1280, height: 800 };

const data = await mkdtemp(join(tmpdir(), 'skein-pictures-'));
const config = readConfig({ PORT: '0', SKEIN_DATA_DIR: data }, HOME);
const skein = await start(config, { log: makeLog(() => {}, Date.now), story: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  await takePage(browser, skein.url);
  await takeMail(browser, skein.url);
} finally {
  await browser.close();
  await skein.stop();
  await rm(data, { recursive: true, force: true });
}

/** The demo pod: people and an agent in the middle of a piece of work, and what has come of it beside them. */
async function takePage(from: Browser, url: string): Promise<void> {
  const page = await open(from, url, 'light');
  // The story is told while the page is looked at: the digest comes last.
  await page.getByRole('button', { name: 'Skein new' }).waitFor();
  await page.getByRole('button', { name: '2 replies to Chiara Rossi' }).click();
  await page.getByRole('region', { name: 'Thread', exact: true }).getByText('kraft brown').waitFor();
  await page.getByRole('button', { name: /^#\d+ Rye flour from December$/ }).waitFor();
  await picture(page, 'page.png');
}

/** A mail that was forwarded to the pod, in the pod's mailbox, and the task that it became. */
async function takeMail(from: Browser, url: string): Promise<void> {
  const page = await open(from, url, 'dark');
  await page.getByRole('button', { name: 'Mail of launch' }).click();
  await page.getByRole('region', { name: 'Mailbox' }).getByRole('button', { name: /Rye flour from December/ }).last().click();
  await page.getByRole('heading', { name: /Rye flour from December/ }).waitFor();
  await page.getByRole('button', { name: /^#\d+ Rye flour from December$/ }).click();
  await picture(page, 'mail.png');
}

async function open(from: Browser, url: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await from.newContext({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' });
  await context.addInitScript({ content: `localStorage.setItem('skein.tour', '{"done":[],"closed":true}')` });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('region', { name: 'launch', exact: true }).waitFor();
  return page;
}

async function picture(page: Page, name: string): Promise<void> {
  // A pointer that rests on something would show what only hovering shows.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(import.meta.dirname, name) });
}
