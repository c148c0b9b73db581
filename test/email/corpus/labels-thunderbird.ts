// The words of Thunderbird in each language: banner, block labels, attribution (it prints the name alone).

export interface ThunderbirdLabels {
  banner: string;
  subject: string;
  date: string;
  from: string;
  to: string;
  wrote: string;
}

const ROWS: Record<string, [string, string, string, string, string, string]> = {
  en: ['Forwarded Message', 'Subject:', 'Date:', 'From:', 'To:', 'On {dd}/{MM}/{y} {HH}:{mm}, {name} wrote:'],
  de: [
    'Weitergeleitete Nachricht',
    'Betreff:',
    'Datum:',
    'Von:',
    'An:',
    'Am {dd}.{MM}.{yy} um {HH}:{mm} schrieb {name}:',
  ],
  fr: ['Message transféré', 'Sujet :', 'Date :', 'De :', 'Pour :', 'Le {dd}/{MM}/{y} à {HH}:{mm}, {name} a écrit :'],
  es: ['Mensaje reenviado', 'Asunto:', 'Fecha:', 'De:', 'Para:', 'El {d}/{M}/{yy} a las {H}:{mm}, {name} escribió:'],
  it: ['Messaggio Inoltrato', 'Oggetto:', 'Data:', 'Mittente:', 'A:', 'Il {dd}/{MM}/{y} {HH}:{mm}, {name} ha scritto:'],
  pt: ['Mensagem encaminhada', 'Assunto:', 'Data:', 'De:', 'Para:', 'Em {dd}/{MM}/{y} {HH}:{mm}, {name} escreveu:'],
  nl: ['Doorgestuurd bericht', 'Onderwerp:', 'Datum:', 'Van:', 'Aan:', 'Op {d}-{M}-{y} om {HH}:{mm} schreef {name}:'],
  sv: [
    'Vidarebefordrat meddelande',
    'Ämne:',
    'Datum:',
    'Från:',
    'Till:',
    'Den {y}-{MM}-{dd} kl. {HH}:{mm}, skrev {name}:',
  ],
  da: ['Videresendt meddelelse', 'Emne:', 'Dato:', 'Fra:', 'Til:', 'Den {dd}.{MM}.{y} kl. {HH}.{mm} skrev {name}:'],
  nb: ['Videresendt melding', 'Emne:', 'Dato:', 'Fra:', 'Til:', '{name} skrev den {dd}.{MM}.{y} {HH}:{mm}:'],
  fi: [
    'Välitetty viesti',
    'Aihe:',
    'Päiväys:',
    'Lähettäjä:',
    'Vastaanottaja:',
    '{name} kirjoitti {d}.{M}.{y} klo {H}.{mm}:',
  ],
  pl: [
    'Przekazana wiadomość',
    'Temat:',
    'Data:',
    'Nadawca:',
    'Adresat:',
    'W dniu {dd}.{MM}.{y} o {HH}:{mm}, {name} pisze:',
  ],
  cs: ['Přeposlaná zpráva', 'Předmět:', 'Datum:', 'Od:', 'Komu:', 'Dne {dd}. {MM}. {yy} v {H}:{mm} {name} napsal(a):'],
  hu: [
    'Továbbított üzenet',
    'Tárgy:',
    'Dátum:',
    'Feladó:',
    'Címzett:',
    '{y}. {MM}. {dd}. {H}:{mm} keltezéssel, {name} írta:',
  ],
  ro: ['Mesaj redirecționat', 'Subiect:', 'Dată:', 'De la:', 'Către:', 'Pe {dd}.{MM}.{y} {HH}:{mm}, {name} a scris:'],
  tr: ['İletilmiş İleti', 'Konu:', 'Tarih:', 'Gönderen:', 'Alıcı:', '{dd}.{MM}.{y} {HH}:{mm} tarihinde {name} yazdı:'],
  el: ['Προωθημένο μήνυμα', 'Θέμα:', 'Ημερομηνία:', 'Από:', 'Προς:', 'Στις {d}/{M}/{yy} {HH}:{mm}, ο/η {name} έγραψε:'],
  ru: ['Перенаправленное сообщение', 'Тема:', 'Дата:', 'От:', 'Кому:', '{dd}.{MM}.{y} {HH}:{mm}, {name} пишет:'],
  uk: ['Перенаправлене повідомлення', 'Тема:', 'Дата:', 'Від:', 'Кому:', '{dd}.{MM}.{yy} {HH}:{mm}, {name} пише:'],
  ja: ['転送メッセージ', '件名:', '日付:', '差出人:', '宛先:', '{y}/{MM}/{dd} {H}:{mm}, {name} wrote:'],
  zh: ['转发的消息', '主题：', '日期：', '发件人：', '收件人：', '在 {y}/{M}/{d} {HH}:{mm}, {name} 写道:'],
  ko: [
    '전달된 메시지',
    '제목:',
    '날짜:',
    '보낸사람:',
    '받는사람:',
    '{y}-{MM}-{dd} 오전 {h}:{mm}에 {name} 이(가) 쓴 글:',
  ],
  he: ['הודעה מועברת', 'נושא:', 'תאריך:', 'מאת:', 'אל:', 'ב-{dd}/{MM}/{y} {HH}:{mm}, {name} כתב:'],
  ar: ['رسالة معاد توجيهها', 'الموضوع:', 'التاريخ:', 'من:', 'إلى:', 'في {d}/{M}/{y} {HH}:{mm}، كتب {name}:'],
};

export function thunderbirdLabels(language: string): ThunderbirdLabels {
  const row = ROWS[language];
  if (!row) throw new Error(`no Thunderbird labels for ${language}`);
  const [banner, subject, date, from, to, wrote] = row;
  return { banner, subject, date, from, to, wrote };
}
