// The driver's routes for channels and their members.
import type { Router } from 'express';
import { given } from '../slack/given.ts';
import * as people from '../slack/people/people.ts';
import { doing } from './answer.ts';
import { inputs } from './inputs.ts';
import { namesIn, userNamed } from './names.ts';
import type { DriverOptions } from './options.ts';

export function channelRoutes(router: Router, { slack, agents }: DriverOptions): void {
  const { workspace } = slack.surfaces;
  const { who, where } = namesIn(workspace, agents);

  router.post(
    '/channel',
    doing(inputs.channel, async ({ as, name, private: isPrivate, members }) => {
      const ids = members.map((member) => userNamed(workspace, member).id);
      const channel = people.makeChannel(workspace, who(as), name.replace(/^#/, ''), isPrivate, ids);
      return { id: channel.id, name: channel.name };
    }),
  );
  router.post(
    '/invite',
    doing(inputs.invite, async ({ as, channel, who: invited }) => {
      people.invite(workspace, who(as), await where(as, channel), userNamed(workspace, invited).id);
      return { invited: userNamed(workspace, invited).id };
    }),
  );
  router.post(
    '/kick',
    doing(inputs.kick, async ({ as, channel, who: kicked }) => {
      people.kick(workspace, who(as), await where(as, channel), userNamed(workspace, kicked).id);
      return { removed: userNamed(workspace, kicked).id };
    }),
  );
  router.post(
    '/archive',
    doing(inputs.archive, async ({ as, channel }) => {
      people.archive(workspace, who(as), await where(as, channel));
      return { archived: channel };
    }),
  );
  router.post(
    '/unarchive',
    doing(inputs.archive, async ({ as, channel }) => {
      people.unarchive(workspace, who(as), await where(as, channel));
      return { unarchived: channel };
    }),
  );
  router.post(
    '/profile',
    doing(inputs.profile, async ({ as, ...facts }) => {
      people.changeProfile(workspace, who(as), given(facts));
      return { changed: who(as) };
    }),
  );
  router.post(
    '/leave',
    doing(inputs.leave, async ({ as, channel }) => {
      people.leave(workspace, who(as), await where(as, channel));
      return { left: channel };
    }),
  );
}
