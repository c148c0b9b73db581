// The words of Gmail in each language. Of the header block it translates "From" alone; date and attribution are local.

export interface GmailLabels {
  from: string;
  date: string;
  /** With `{name}` and `{address}`. */
  wrote: string;
}

const ROWS: Record<string, [string, string, string]> = {
  en: [
    'From:',
    '{wds}, {mon} {d}, {y} at {h}:{mm} {AP}',
    'On {wds}, {mon} {d}, {y} at {h}:{mm} {AP} {name} <{address}> wrote:',
  ],
  de: [
    'Von:',
    '{wds}. {d}. {mon} {y} um {HH}:{mm} Uhr',
    'Am {wds}., {d}. {mon} {y} um {HH}:{mm} Uhr schrieb {name} <{address}>:',
  ],
  fr: ['De :', '{wds} {d} {mon} {y} à {HH}:{mm}', 'Le {wds} {d} {mon} {y} à {HH}:{mm}, {name} <{address}> a écrit :'],
  es: [
    'De:',
    '{wds}, {d} {mon} {y} a las {H}:{mm}',
    'El {wds}, {d} {mon} {y} a las {H}:{mm}, {name} (<{address}>) escribió:',
  ],
  it: [
    'Da:',
    '{wds} {d} {mon} {y} alle ore {HH}:{mm}',
    'Il giorno {wds} {d} {mon} {y} alle ore {HH}:{mm} {name} <{address}> ha scritto:',
  ],
  pt: [
    'De:',
    '{wds} {d} de {mon} de {y} às {HH}:{mm}',
    'Em {wds} {d} de {mon} de {y} às {HH}:{mm}, {name} <{address}> escreveu:',
  ],
  nl: ['Van:', '{wds} {d} {mon} {y} om {HH}:{mm}', 'Op {wds} {d} {mon} {y} om {HH}:{mm} schreef {name} <{address}>:'],
  sv: ['Från:', '{wds} {d} {mon} {y} kl {HH}:{mm}', 'Den {wds} {d} {mon} {y} kl {HH}:{mm} skrev {name} <{address}>:'],
  da: [
    'Fra:',
    '{wds} {d}. {mon} {y} kl. {HH}.{mm}',
    'Den {wds} {d}. {mon} {y} kl. {HH}.{mm} skrev {name} <{address}>:',
  ],
  nb: ['Fra:', '{wds} {d}. {mon} {y} kl. {HH}:{mm}', '{wds} {d}. {mon} {y} kl. {HH}:{mm} skrev {name} <{address}>:'],
  fi: [
    'Lähettäjä:',
    '{wds} {d}. {mon} {y} klo {H}.{mm}',
    '{wds} {d}. {mon} {y} klo {H}.{mm} {name} ({address}) kirjoitti:',
  ],
  pl: ['Od:', '{wds}, {d} {mon} {y} o {HH}:{mm}', '{wds}, {d} {mon} {y} o {HH}:{mm} {name} <{address}> napisał(a):'],
  cs: ['Od:', '{wds} {d}. {M}. {y} v {H}:{mm}', '{wds} {d}. {M}. {y} v {H}:{mm} odesílatel {name} <{address}> napsal:'],
  hu: [
    'Feladó:',
    '{y}. {mon} {d}., {wds}, {H}:{mm}',
    '{name} <{address}> ezt írta (időpont: {y}. {mon} {d}., {wds}, {H}:{mm}):',
  ],
  ro: [
    'De la:',
    '{wds} {d} {mon} {y} la {HH}:{mm}',
    'În {wds} {d} {mon} {y} la {HH}:{mm}, {name} <{address}> a scris:',
  ],
  tr: [
    'Gönderen:',
    '{d} {mon} {y} {wds}, {HH}:{mm}',
    '{name} <{address}>, {d} {mon} {y} {wds}, {HH}:{mm} tarihinde şunu yazdı:',
  ],
  el: [
    'Από:',
    '{wds} {d} {mon} {y} στις {h}:{mm} π.μ.',
    'Στις {wds} {d} {mon} {y} στις {h}:{mm} π.μ., ο χρήστης {name} <{address}> έγραψε:',
  ],
  ru: ['От:', '{wds}, {d} {mon} {y} г. в {HH}:{mm}', '{wds}, {d} {mon} {y} г. в {HH}:{mm}, {name} <{address}>:'],
  uk: ['Від:', '{wds}, {d} {mon} {y} р. о {HH}:{mm}', '{wds}, {d} {mon} {y} р. о {HH}:{mm} {name} <{address}> пише:'],
  ja: ['From:', '{y}年{M}月{d}日({wds}) {H}:{mm}', '{y}年{M}月{d}日({wds}) {H}:{mm} {name} <{address}>:'],
  zh: ['发件人：', '{y}年{M}月{d}日{wds} {HH}:{mm}', '{name} <{address}> 于{y}年{M}月{d}日{wds} {HH}:{mm}写道：'],
  ko: [
    '보낸사람:',
    '{y}년 {M}월 {d}일 ({wds}) 오전 {h}:{mm}',
    '{y}년 {M}월 {d}일 ({wds}) 오전 {h}:{mm}, {name} <{address}>님이 작성:',
  ],
  he: ['מאת:', '{wds}, {d} ב{mon} {y} ב-{H}:{mm}', '‫בתאריך {wds}, {d} ב{mon} {y} ב-{H}:{mm} מאת ‪{name}‬‏ <‪{address}‬‏>:‬'],
  ar: [
    'من:',
    '{wd}، {d} {mon} {y} في {h}:{mm} ص',
    'في {wd}، {d} {mon} {y} في {h}:{mm} ص تمت كتابة ما يلي بواسطة {name} <{address}>:',
  ],
};

export function gmailLabels(language: string): GmailLabels {
  const row = ROWS[language];
  if (!row) throw new Error(`no Gmail labels for ${language}`);
  return { from: row[0], date: row[1], wrote: row[2] };
}
