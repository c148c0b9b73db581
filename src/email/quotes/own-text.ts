// Extracts only the text that the sender of a mail wrote in it, without quotes and signature. Pure.
import type { Mail } from '../mail.ts';
import { textOfLines } from './lines.ts';
import { passagesIn } from './split-mail.ts';
import { readSubject } from './subject.ts';

/** Empty if the sender wrote nothing but a signature. */
export function ownText(mail: Mail): string {
  const own = passagesIn(mail, readSubject(mail.subject).forward ? 'forward' : 'answer')
    .filter(({ kind }) => kind === 'own')
    .flatMap(({ introduction, lines }) => [...introduction, ...lines]);
  return textOfLines(own).trim();
}
