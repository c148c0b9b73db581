// skein <action> --help: describes the action and its input.

import { type Field, flagName } from '../../doors/typed/fields.ts';
import type { AnyAction } from '../../pods/action.ts';
import { takesPod } from '../../pods/pod/pod-named.ts';
import { table } from '../show.ts';

export function actionHelp(definition: AnyAction, fields: readonly Field[]): string {
  const { name, title, description } = definition;
  const somewhere = takesPod(definition);
  const usage = [`skein ${name}`, '--as <who>', ...(somewhere ? ['--pod <pod>'] : []), ...fields.map(usageOf)].join(
    ' ',
  );
  const own = fields.map((field) => [`  --${flagName(field)} ${field.shape}`.trimEnd(), noteOf(field)]);
  const pod = somewhere ? [['  --pod <pod>', 'needed; name or id']] : [];
  const general = [
    ['  --as <who>', 'needed, or SKEIN_AS; name, handle or id of a person or an agent'],
    ...pod,
    ['  --for <person>', 'on whose behalf, when an agent acts'],
    ['  --key <text>', 'makes it happen once, however often it is run'],
    ["  --input '<json>'", 'all fields at once; a flag of its own goes before it'],
    ['  --json', 'the answer as JSON'],
  ];
  const stdin = fields.some(({ kind }) => kind === 'text') ? '\nA single - as text reads standard input.\n' : '';
  return `${title}\n\n${description}\n\n${usage}\n\n${table([...own, ...general])}\n${stdin}`;
}

function usageOf(field: Field): string {
  const text = `--${flagName(field)} ${field.shape}`.trimEnd();
  return field.required ? text : `[${text}]`;
}

function noteOf(field: Field): string {
  const none = field.nullable || field.kind === 'texts' || field.kind === 'switch';
  const off = field.kind === 'switch' ? 'for the opposite' : 'for none';
  return [
    field.required ? 'needed' : '',
    field.about,
    field.kind === 'texts' ? 'may be given several times' : '',
    none ? `--no-${flagName(field)} ${off}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
