// Hungarian and Romanian: freemail.hu, t-online.hu, hosters.
import type { Lexicon } from './lexicon.ts';

export const HUNGARIAN_ROMANIAN: Lexicon = {
  mailbox: 'felhasznalo|cimzett|postafiok|cim\\b|fiok|utilizator\\w*|destinatar\\w*|casut\\w*|\\bcont(?:ul)?\\b|adres[ae]\\w*',
  unknown: 'ismeretlen|nem letez|nem talalhato|ervenytelen|necunoscut|nu exista|inexistent|nu a fost gasit|invalid',
  noSuch: 'nincs ilyen (?:felhasznalo|cim|postafiok)|(?:ismeretlen|ervenytelen) (?:felhasznalo|cim)|nu exista (?:acest |utilizator|cont|adresa)',
  disabled: 'letiltva|felfuggeszt|zarolt|megszunt|dezactivat|suspendat|blocat|inactiv',
  storage: 'kvota|tarhely|cota|spatiu',
  full: 'megtelt|tullep|tele\\b|plin[ae]?\\b|depasit',
  domain: 'domain|tartomany|domeniu\\w*',
  sender: 'felado|expeditor',
  ourHost: '\\bip\\b|_ip_|szerver|kapcsolat|conexiun|server',
  blocked: 'tiltva|letiltva|elutasit|blocat|respins|refuzat',
  blockList: 'feketelist\\w*|lista neagra',
  tooMany: 'tul sok|prea mul[tl]',
  relay: 'relay\\w*|tovabbitas',
  denied: 'megtagad|elutasit|tiltott|nem engedelyez|respins|interzis|refuzat|nu este permis',
  required: 'szukseges|kotelezo|necesar|obligatori',
  junk: 'leveszemet|keretlen',
  message: 'uzenet|level|mesaj',
  tooBig: 'tul nagy|prea mare',
  greylist: 'szurkelist\\w*',
  later: 'kesobb|ujra|mai tarziu',
  trouble: 'ideiglenes|belso hiba|eroare (?:interna|temporara)|temporar',
};
