// The web server's place: which port it takes, who can reach it, and what it says when it can't have it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Router } from 'express';
import { InvalidInput, reasonOf } from '../../src/errors.ts';
import { serve } from '../../src/parts/web.ts';

describe('the web server', () => {
  it('takes any free port for 0, says that it runs, and lets go of it', async () => {
    const web = await serve({ port: 0 }, { cli: Router() });
    expect(await (await fetch(web.url)).text()).to.equal('Skein is running.\n');
    await web.stop();
    const refused = await fetch(web.url).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
  });

  it('refuses a port that is taken, with the setting that names another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const error: unknown = await serve({ port }, { cli: Router() }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect(reasonOf(error)).to.match(new RegExp(`^Port ${port} is taken by another program\\. Set PORT .*\\.$`));
    other.close();
    await once(other, 'close');
  });

  it('hides its maker’s name and knows no page but its own', async () => {
    const web = await serve({ port: 0 }, { cli: Router() });
    const response = await fetch(`${web.url}/nowhere`);
    expect(response.status).to.equal(404);
    expect(response.headers.has('x-powered-by')).to.equal(false);
    await web.stop();
  });
});
