// skein version: which version runs here.
import { readVersion } from '../../config/version.ts';
import { nothingElse, parseFlags } from '../../doors/typed/flags.ts';
import { type Command, helpOf } from '../io.ts';

export function versionCommand(): Command {
  return {
    name: 'version',
    ...helpOf('version', 'Says which version this is'),
    async run(io, args) {
      nothingElse(parseFlags(args, []), 'It is “skein version”.');
      const { version, node } = await readVersion();
      io.out(`Skein ${version}, for Node ${node}; this is Node ${process.versions.node}\n`);
    },
  };
}
