// Everybody who writes in the corpus.

import type { Person } from './case.ts';

export const ADA: Person = { name: 'Ada Lindqvist', address: 'ada@wildgoose.example' };
export const BEN: Person = { name: 'Ben Okafor', address: 'ben@wildgoose.example' };
export const POD: Person = { name: 'launch', address: 'launch@pods.wildgoose.example' };
export const SCOUT: Person = { name: 'Scout', address: 'launch+scout@pods.wildgoose.example' };

const STRANGERS: Record<string, [string, string]> = {
  en: ['Grace Miller', 'office@mill.example'],
  de: ['Grete Müller', 'grete.mueller@muehle.example'],
  fr: ['Hélène Moulin', 'contact@moulin.example'],
  es: ['José Molinero', 'jose@molino.example'],
  it: ['Niccolò Mulinari', 'ufficio@mulino.example'],
  pt: ['João Moleiro', 'joao@moinho.example'],
  nl: ['Sjoerd van der Molen', 'kantoor@molen.example'],
  sv: ['Åsa Kvarnström', 'asa@kvarn.example'],
  da: ['Søren Møller', 'soren@moelle.example'],
  nb: ['Bjørn Kvernes', 'bjorn@kvern.example'],
  fi: ['Päivi Mylläri', 'paivi@mylly.example'],
  pl: ['Łukasz Młynarski', 'biuro@mlyn.example'],
  cs: ['Jiří Mlynář', 'jiri@mlyn-brno.example'],
  hu: ['Molnár Ágnes', 'agnes@malom.example'],
  ro: ['Ștefan Morariu', 'stefan@moara.example'],
  tr: ['Gülşen Değirmenci', 'gulsen@degirmen.example'],
  el: ['Ελένη Μυλωνά', 'eleni@mylos.example'],
  ru: ['Пётр Мельников', 'petr@melnica.example'],
  uk: ['Олена Мірошник', 'olena@mlyn-kyiv.example'],
  ja: ['水車 花子', 'hanako@suisha.example'],
  zh: ['王磨坊', 'wang@mofang.example'],
  ko: ['방아인', 'bang@banga.example'],
  he: ['טלי טוחן', 'tali@tahana.example'],
  ar: ['ليلى الطحان', 'layla@mathana.example'],
};

export function strangerOf(language: string): Person {
  const [name, address] = STRANGERS[language] ?? ['Grace Miller', 'office@mill.example'];
  return { name, address };
}

export const EARLIER: Person = { name: 'Otto Rye', address: 'otto@ryehouse.example' };
