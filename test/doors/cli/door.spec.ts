// The HTTP interface of the command line, as other programs call it.
import { expect } from 'chai';
import type express from 'express';
import { onlyFromHere } from '../../../src/doors/cli/guard.ts';
import { aDesk, type Desk } from '../../cli/desk.ts';

describe('cli/door', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await aDesk();
  });
  afterEach(() => desk.close());

  const call = async (path: string, { method = 'POST', headers = {}, body }: Call = {}) => {
    const response = await fetch(`${desk.url}/cli${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };
  const act = (body: object) => call('/act', { body: { as: 'ada', ...body } });

  it('does an action and says which commit it is', async () => {
    const answer = await act({ pod: 'Launch', action: 'create_task', input: { title: 'A' }, key: 'k' });
    expect(answer).to.deep.include({ status: 200, commit: { pod: 'p_launch', seq: 3 }, repeated: false });
    const again = await act({ pod: 'p_launch', action: 'create_task', input: { title: 'A' }, key: 'k' });
    expect(again).to.deep.equal({ ...answer, repeated: true });
  });

  it('keeps its keys apart from those of other doors', async () => {
    await act({ pod: 'Launch', action: 'create_task', input: { title: 'A' }, key: 'sent:p_launch:2:0' });
    const [commit] = (await desk.world.commits()).slice(-1);
    expect(commit?.key).to.equal('cli:sent:p_launch:2:0');
  });

  it('takes no input for an empty one', async () => {
    expect(await act({ pod: 'Launch', action: 'list_tasks' })).to.deep.equal({
      ...{ status: 200, result: { tasks: [] }, repeated: false },
    });
  });

  it('opens to nobody without the token', async () => {
    for (const authorization of [
      '',
      'Bearer',
      `Bearer ${desk.token}x`,
      `bearer ${desk.token}`,
      desk.token,
      'Basic eDp5',
    ]) {
      const answer = await call('/act', { headers: { authorization }, body: { as: 'ada', action: 'list_pods' } });
      expect(answer, authorization).to.deep.include({ status: 401 });
      expect(answer.error?.code).to.equal('unauthorised');
    }
  });

  it('opens to nobody who came through a proxy', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'via']) {
      const answer = await call('/queue/inbox', { method: 'GET', headers: { [header]: '1' } });
      expect(answer.status, header).to.equal(403);
    }
  });

  it('opens to no other machine', () => {
    const passes = (remoteAddress: string | undefined) => {
      let passed = false;
      const response = { status: () => ({ json: () => {} }) } as unknown as express.Response;
      const request = { headers: {}, socket: { remoteAddress } } as unknown as express.Request;
      onlyFromHere(request, response, () => {
        passed = true;
      });
      return passed;
    };
    expect(['127.0.0.1', '127.9.0.1', '::1', '::ffff:127.0.0.1'].map(passes)).to.deep.equal([true, true, true, true]);
    const others = ['10.0.0.5', '::ffff:10.0.0.5', 'fe80::1', '128.127.0.0', '1127.0.0.1', '', undefined];
    expect(others.map(passes)).to.deep.equal(others.map(() => false));
  });

  const refused: [string, string, Call, number, string, RegExp][] = [
    ['broken JSON', '/act', { body: '{"as":' }, 400, 'invalid_input', /can't be read/],
    ['a list', '/act', { body: [] }, 400, 'invalid_input', /can't be read/],
    ['no body', '/act', {}, 400, 'invalid_input', /at as/],
    [
      'a field it does not know',
      '/act',
      { body: { as: 'a', action: 'b', via: 'skein' } },
      400,
      'invalid_input',
      /"via"/,
    ],
    [
      'a key of kilobytes',
      '/act',
      { body: { as: 'a', action: 'b', key: 'k'.repeat(201) } },
      400,
      'invalid_input',
      /key/,
    ],
    ['an actor that is no text', '/act', { body: { as: { $ne: 1 }, action: 'b' } }, 400, 'invalid_input', /at as/],
    ['an action there is not', '/act', { body: { as: 'ada', action: 'fly' } }, 404, 'not_found', /no action “fly”/],
    ["Skein's own action", '/act', { body: { as: 'ada', action: 'record_sent' } }, 404, 'not_found', /Skein's own/],
    ['a stranger', '/act', { body: { as: 'eve', action: 'list_pods' } }, 404, 'not_found', /Nobody here/],
    ['a queue there is not', '/queue/trash/retry', { body: { id: 'x' } }, 404, 'not_found', /inbox and outbox/],
    ['a path there is not', '/sudo', { body: {} }, 404, 'not_found', /no POST \/sudo/],
    [
      'an input that is a text',
      '/act',
      { body: { as: 'ada', action: 'list_pods', input: 'x' } },
      400,
      'invalid_input',
      /./,
    ],
    ['nothing to retry', '/queue/inbox/retry', { body: {} }, 400, 'invalid_input', /at id/],
    ['a pod that is no text', '/rebuild', { body: { pod: 7 } }, 400, 'invalid_input', /at pod/],
  ];
  for (const [what, path, sent, status, code, sentence] of refused)
    it(`refuses ${what}`, async () => {
      const answer = await call(path, sent);
      expect(answer).to.deep.include({ status });
      expect(answer.error?.code).to.equal(code);
      expect(answer.error?.message).to.match(sentence);
      expect(desk.logged).to.deep.equal([]);
    });

  it('refuses more than can be taken in at once', async () => {
    const answer = await act({ action: 'list_pods', input: { x: 'x'.repeat(64 * 2 ** 20) } });
    expect(answer).to.deep.include({ status: 413 });
    expect(answer.error?.message).to.match(/too much/);
  });
});

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Answer {
  error?: { code: string; message: string };
  result?: unknown;
  commit?: unknown;
  repeated?: boolean;
}
