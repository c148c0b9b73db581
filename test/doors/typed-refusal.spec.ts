// A refusal says what the reader can type where they read it.
import { expect } from 'chai';
import { inSlack, refusalByMail, refusalInSlack } from '../../src/doors/typed-refusal.ts';
import { NotFound } from '../../src/errors.ts';

describe('a refusal at a door', () => {
  const bySlackAndMail = (sentence: string) => [
    refusalInSlack(new NotFound(sentence)),
    refusalByMail(new NotFound(sentence)),
  ];

  it('names the command of Slack, and by mail the line or where it can be done', () => {
    expect(bySlackAndMail('Zoe (@zoe) is not in this pod. Add them first with add_member.')).to.deep.equal([
      'Zoe (@zoe) is not in this pod. Add them first with /skein add_member.',
      'Zoe (@zoe) is not in this pod. Add them first with the line “admit name@example.com” by mail.',
    ]);
    expect(
      bySlackAndMail('There is no task “#9” in this pod. list_tasks shows them with their numbers.'),
    ).to.deep.equal([
      'There is no task “#9” in this pod. /skein tasks shows them with their numbers.',
      'There is no task “#9” in this pod. The line “tasks” by mail shows them with their numbers.',
    ]);
    expect(bySlackAndMail('Only an owner may; change_role makes one.')[1]).to.contain(
      '/skein change_role in Slack makes',
    );
  });

  it('leaves what people wrote, what is no action, what is Skein’s own, and what is a command already', () => {
    for (const sentence of [
      'There is no “add_member” here.',
      'The file snake_case.md is not there, nor a_b/add_member.',
      'The field wakes_an_hour is too big.',
      'stand_in is Skein’s own.',
      'An owner can restore it with archive_pod and restore; in Slack that is /skein archive_pod --restore.',
      '/skein do list_tasks shows them.',
    ])
      expect(inSlack(sentence)).to.equal(sentence);
  });

  it('throws what people may not read', () => {
    expect(() => refusalInSlack(new TypeError('a bug'))).to.throw(TypeError);
  });
});
