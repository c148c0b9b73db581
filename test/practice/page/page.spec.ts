import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { practicePage } from '../../../src/practice/page/page.ts';

const folder = new URL('../../../src/practice/page/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const named = (ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

describe('the practice page', () => {
  let server: Server;
  let url: string;

  before(async () => {
    const app = express()
      .use('/practice', practicePage())
      .get('/practice/state', (_request, response) => {
        response.json({ from: 'the driver' });
      });
    server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const get = (path: string): Promise<Response> => fetch(`${url}${path}`, { redirect: 'manual' });

  it('is served at its own address, which ends with a slash', async () => {
    const bare = await get('/practice?x=1');
    expect([bare.status, bare.headers.get('location')]).to.deep.equal([302, 'practice/?x=1']);
    const page = await get('/practice/');
    expect(page.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(await page.text()).to.equal(read('index.html'));
  });

  it('serves each of its files with its type', async () => {
    const types = {
      '.js': 'text/javascript; charset=utf-8',
      '.css': 'text/css; charset=utf-8',
      '.svg': 'image/svg+xml',
    };
    for (const [ending, type] of Object.entries(types)) {
      expect(named(ending)).to.not.have.length(0);
      for (const name of named(ending)) {
        const answer = await get(`/practice/${name}`);
        expect([name, answer.status, answer.headers.get('content-type')]).to.deep.equal([name, 200, type]);
      }
    }
  });

  it('lets nothing run and nothing load that is not its own', async () => {
    const { headers } = await get('/practice/');
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => rule.split(/ (.*)/) as [string, string]),
    );
    expect(policy.get('default-src')).to.equal("'none'");
    for (const name of ['script-src', 'style-src', 'img-src', 'connect-src'])
      expect(policy.get(name), name).to.equal("'self'");
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(policy.get(name), name).to.equal("'none'");
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
  });

  it('leaves to others what is not its own, and shows no source of the server', async () => {
    expect(await (await get('/practice/state')).json()).to.deep.equal({ from: 'the driver' });
    const wrong = ['page.ts', 'nothing.js', 'pod', 'pod/', 'pod/nothing.js', 'pod//pane.js'];
    for (const path of [...wrong, '..%2Fdriver%2Fdriver.ts', 'pod%2F..%2Fpage.ts', '.%2Findex.html'])
      expect((await get(`/practice/${path}`)).status, path).to.equal(404);
  });

  it('refers only to files that are there', () => {
    const html = read('index.html');
    const inHtml = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, name]) => name ?? '');
    const inScripts = named('.js').flatMap((name) =>
      [...read(name).matchAll(/(?:from |import\()'([^']+)'/g)].map(
        ([, from = '']) => new URL(from, new URL(name, folder)),
      ),
    );
    expect(inHtml).to.include('main.js');
    expect(inScripts).to.not.have.length(0);
    for (const file of [...inHtml.map((name) => new URL(name, folder)), ...inScripts])
      expect(existsSync(file), file.pathname).to.equal(true);
  });

  it('has an element for every id that its scripts ask for by name', () => {
    const ids = new Set([...read('index.html').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const asked = named('.js').flatMap((name) =>
      [...read(name).matchAll(/(?:part|getElementById)\('([a-z-]+)'\)/g)].map(([, id]) => id ?? ''),
    );
    const inAsk = new Set(['form', 'no']);
    expect(asked).to.not.have.length(0);
    for (const id of asked) expect(ids.has(id) || (inAsk.has(id) && ids.has(`ask-${id}`)), id).to.equal(true);
  });

  it('keeps scripts, styles and handlers out of its HTML, and HTML out of its scripts', () => {
    const html = read('index.html');
    expect(html).to.not.match(/ on[a-z]+=|style=|<style|<script(?![^>]*src=)|https?:/);
    for (const name of named('.js'))
      expect(read(name), name).to.not.match(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function/,
      );
  });

  it('can be used without seeing it: landmarks, headings, and a name for every control', () => {
    const html = read('index.html');
    for (const landmark of ['<nav', '<main', '<section', '<header', '<h1']) expect(html, landmark).to.include(landmark);
    expect(html).to.match(/<html lang="en">/);
    expect(html).to.match(/aria-live="polite"/);
    const buttons = [...html.matchAll(/<button[^>]*>[^<]*</g)].map(([button]) => button);
    const unnamed = buttons.filter((button) => !/aria-label=/.test(button) && !/>[^<]*\w[^<]*</.test(button));
    expect(buttons).to.not.have.length(0);
    expect(unnamed).to.deep.equal([]);
  });
});
