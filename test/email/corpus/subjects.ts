// Subjects of the corpus in each language; `#` becomes the number of the case.

const OFFER: Record<string, string> = {
  en: 'Offer #',
  de: 'Angebot #',
  fr: 'Offre n° #',
  es: 'Oferta #',
  it: 'Offerta #',
  pt: 'Proposta #',
  nl: 'Offerte #',
  sv: 'Offert på råg #',
  da: 'Tilbud på rug #',
  nb: 'Tilbud på rug nr #',
  fi: 'Tarjous #',
  pl: 'Oferta na żyto #',
  cs: 'Nabídka žita #',
  hu: 'Ajánlat rozsra #',
  ro: 'Ofertă de secară #',
  tr: 'Çavdar teklifi #',
  el: 'Προσφορά #',
  ru: 'Предложение #',
  uk: 'Пропозиція #',
  ja: 'お見積り #',
  zh: '报价单 #',
  ko: '견적서 #',
  he: 'הצעת מחיר #',
  ar: 'عرض سعر #',
};

export const offerSubject = (language: string, number: number) =>
  (OFFER[language] ?? (OFFER.en as string)).replace('#', String(number));
