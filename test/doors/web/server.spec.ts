// The web server: its port, who can reach it, and the error if the port is taken.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Router } from 'express';
import { openWeb } from '../../../src/doors/web/server.ts';
import { InvalidInput, reasonOf } from '../../../src/errors.ts';

describe('the web server', () => {
  const opened = async () => {
    const web = await openWeb({ port: 0, outside: false });
    web.mount({ cli: Router() });
    return web;
  };

  it('asks everybody to come again until what it serves is there', async () => {
    const web = await openWeb({ port: 0, outside: false });
    const early = await fetch(`${web.url}/cli/doctor`);
    expect([early.status, early.headers.get('retry-after')]).to.deep.equal([503, '1']);
    expect(await early.json()).to.have.nested.property('error.message', 'Skein is starting. Try again in a moment.');
    web.mount({ cli: Router() });
    expect((await fetch(web.url)).status).to.equal(200);
    await Promise.all([web.stop(), web.stop()]);
  });

  it('takes any free port for 0, says that it runs, and lets go of it', async () => {
    const web = await opened();
    expect(await (await fetch(web.url)).text()).to.equal('Skein is running.\n');
    await web.stop();
    const refused = await fetch(web.url).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
  });

  it('keeps a connection for longer than those who use it do', async () => {
    const web = await opened();
    expect((await fetch(web.url)).headers.get('keep-alive')).to.equal('timeout=65');
    await web.stop();
  });

  it('refuses a port that is taken, with the setting that names another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const error: unknown = await openWeb({ port, outside: false }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(reasonOf(error)).to.match(new RegExp(`^Port ${port} is taken by another program\\. Set PORT .*\\.$`));
    other.close();
    await once(other, 'close');
  });

  it('hides its maker’s name and knows no page but its own', async () => {
    const web = await opened();
    const response = await fetch(`${web.url}/nowhere`);
    expect(response.status).to.equal(404);
    expect(response.headers.has('x-powered-by')).to.equal(false);
    await web.stop();
  });
});
