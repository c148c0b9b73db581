import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { personOfToken, unsubscribeToken } from '../../../src/digest/token.ts';
import { unsubscribePage } from '../../../src/doors/web/unsubscribe-page.ts';
import { makeReader } from '../../../src/log/read.ts';
import { SUBSCRIPTIONS } from '../../../src/pods/subscriptions/subscription.ts';
import { aWorld, type World } from '../../pods/build.ts';
import { texts } from '../../texts/words.ts';

const SECRET = 'a secret of the test';

describe('the page that ends digests', () => {
  let world: World;
  let server: Server;
  let url: (token: string) => string;
  beforeEach(async () => {
    world = await aWorld();
    const deps = { act: world.act, read: makeReader(world.store), texts, secret: async () => SECRET };
    server = createServer(express().use('/digest/unsubscribe', unsubscribePage(deps))).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = (token) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/digest/unsubscribe/${token}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const state = async () => (await world.doc(SUBSCRIPTIONS, world.ada))?.state;
  const token = () => unsubscribeToken(SECRET, world.ada);

  it('changes nothing when it is looked at: it asks, with a button', async () => {
    const response = await fetch(url(token()));
    expect(response.status).to.equal(200);
    expect(await response.text()).to.contain('<form method="post"><button>');
    expect(await state()).to.equal(undefined);
  });

  it('ends the digests by its button and by the one click of a mail program, once', async () => {
    const before = (await world.commits('org')).length;
    for (const body of ['', 'List-Unsubscribe=One-Click']) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(url(token()), { method: 'POST', body, headers });
      expect(response.status).to.equal(200);
      expect(await response.text()).to.contain('No more digests');
    }
    expect(await state()).to.equal('off');
    const [commit, ...more] = (await world.commits('org')).slice(before);
    expect(more).to.deep.equal([]);
    expect(commit).to.deep.include({ actor: world.ada, via: 'email', action: 'set_digest' });
    expect(await (await fetch(url(token()))).text()).to.contain('No more digests');
  });

  it('ends them again for who had turned them on again', async () => {
    await fetch(url(token()), { method: 'POST' });
    await world.does(world.ada, 'set_digest', { state: 'on' });
    await fetch(url(token()), { method: 'POST' });
    expect(await state()).to.equal('off');
  });

  it('knows no token that it did not make', async () => {
    const [person = '', signature = ''] = token().split('.');
    const other = Buffer.from(world.ben).toString('base64url');
    for (const wrong of ['x', `${person}.`, `${other}.${signature}`, unsubscribeToken('another', world.ada)]) {
      for (const method of ['GET', 'POST']) expect((await fetch(url(wrong), { method })).status).to.equal(404);
      expect(personOfToken(SECRET, wrong)).to.equal(undefined);
    }
    expect(await state()).to.equal(undefined);
  });
});
