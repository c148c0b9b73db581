// Time zones with every kind of change: none, an hour, half an hour, at midnight, odd offsets, both hemispheres.
export const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Santiago', 'Asia/Kolkata', 'Asia/Tokyo', 'Africa/Cairo'],
  ...['Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Apia', 'Asia/Gaza', 'America/St_Johns'],
];
