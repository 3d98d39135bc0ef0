// Role addresses (sales@, postmaster@): the package `role-based-email-addresses`, curated.
// Left out: years, cities, countries, given names, placeholders and everyday words that the package took from one
// company's address book. A person called Paris must not be told apart from paris@ by a list.
// Added: RFC 2142's names and common ones in other languages. Built at first use.
// @ts-expect-error -- the package ships no type declarations
import untyped from 'role-based-email-addresses';
import type { ListSource } from './list-kinds.ts';
import { isNoReplyLocal } from './no-reply-local.ts';

const roles = untyped as readonly string[];

const NOT_ROLES = `aaa abc alexa apple android argentina asd asdasd asdf asia berlin boston ca chicago church com denver
  dreamteam europe facebook football france friends fun gardner geeks general giving gm hackers hello hi hola home homes
  hotel house india ios iphone it lab la lady ladies latam learn lifesum london lt lunch master md mobile montreal namecheap
  network newyork none notes null ny nyc paris parts people pd photos plex prime queue rockstars sanfrancisco seattle sf sfo
  singapore sky smile sport squad stay stockholm stripe sydney ta talent time tools trade tribe twitter uk us usa usenet
  user users women work wordpress x family earth join launch instagram montreal music available random test testing
  master mayor captain captains pastor chef coach professor deputy`;

/** RFC 2142 and the same offices elsewhere. */
const MORE_ROLES = `abuse hostmaster info marketing news noc postmaster sales security support usenet uucp webmaster www
  mailer-daemon bounce bounces dpo gdpr privacy datenschutz impressum buchhaltung bewerbung bewerbungen vertrieb einkauf
  geschaeftsfuehrung personal rechnung rechnungen service empfang zentrale anfrage anfragen empleo facturas ventas
  atencionalcliente accueil comptabilite facturation recrutement direction secretariat amministrazione ufficio vendite
  fatture administratie verkoop inkoop factuur facturen boekhouding sekretariat biuro sprzedaz ksiegowosc kadry rekrutacja
  vendas compras financeiro contato sac rh comercial ufficioacquisti segreteria`;

let known: ReadonlySet<string> | null = null;

/** True for a role's local part. `local` is in lower case, without its +tag. */
export function isRoleLocal(local: string): boolean {
  known ??= build();
  return known.has(local);
}

/** The package keeps no date: this is the release of the version in package.json (a test holds the two together). */
export const ROLE_PACKAGE = { name: 'role-based-email-addresses', version: '3.1.0', date: '2026-07-30' } as const;

export function roleSource(): Omit<ListSource, 'kind' | 'custom'> {
  known ??= build();
  return { source: `${ROLE_PACKAGE.name} ${ROLE_PACKAGE.version}, curated`, date: ROLE_PACKAGE.date, entries: known.size };
}

function build(): ReadonlySet<string> {
  const not = new Set(NOT_ROLES.split(/\s+/));
  const kept = roles.filter((name) => !not.has(name) && !/^(?:classof)?\d+$/.test(name) && !isNoReplyLocal(name));
  return new Set([...kept, ...MORE_ROLES.split(/\s+/)]);
}
