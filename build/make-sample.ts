// Makes test/fixtures/sample-practice.csv: a messy customer list over the practice world, with the status and reason that
// each row must end with. Deterministic: the same seed gives the same bytes, and a unit test compares them, so that the
// file, the servers and the expectations cannot drift apart. Run it with Node 24: `node build/make-sample.ts`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectedReason } from '../electron/practice/expected-reason.ts';
import { DISPOSABLE_DOMAINS, IDN_DOMAIN, LIVE_TYPO_DOMAIN, MISSING_DOMAINS } from '../electron/practice/personalities.ts';
import {
  DISABLED_SURNAMES,
  FIRST_NAMES,
  FULL_SURNAMES,
  LEFT_SURNAMES,
  MADE_UP_MAILBOXES,
  ROLE_MAILBOXES,
  STAYING_SURNAMES,
  UTF8_MAILBOXES,
} from '../electron/practice/population.ts';
import { statusOf, type Reason } from '../shared/verdict/verdict.ts';

const SEED = 20_250_101;
const DUPLICATES = 70;
const EMPTY_ROWS = 14;
const IDN_AS_PEOPLE_WRITE = 'bücher-schmidt.test';
const HEADER = ['Customer no.', 'First name', 'Last name', 'E-Mail', 'Company', 'Phone', 'Notes', 'expected_status', 'expected_reason'];

interface Entry {
  /** As it stands in the list. */
  readonly cell: string;
  readonly reason: Reason | 'empty';
}

/** How many people of each domain stand in the list. */
const PEOPLE: Readonly<Record<string, number>> = {
  'brightmail.test': 75,
  'harbour-books.test': 40,
  'lakeside-clinic.test': 30,
  'nordwind-studio.test': 25,
  'northwind-trading.test': 55,
  'fabrikam-tools.test': 35,
  'hotpost.test': 60,
  'yoodle.test': 35,
  'cedar-works.test': 70,
  'oak-and-ash.test': 45,
  'riverbank.example': 30,
  'tall-ships.test': 25,
  'eximius.test': 40,
  'steady-post.test': 35,
  'greyhound.test': 30,
  'slow-lane.test': 24,
  'molasses.test': 16,
  'open-door.test': 25,
  'terse.test': 24,
  'corner-shop.test': 15,
  'closed-shop.test': 5,
  'fortress.test': 8,
  'bastion.test': 6,
  'lights-out.test': 5,
  'no-mail-please.test': 6,
  'parked-name.test': 6,
  [IDN_DOMAIN]: 8,
};

/** Misspelt providers that do not exist here; the local part is evidently made up. */
const TYPOS = ['made.up.person@gmial.com', 'crash.test.dummy@hotmial.com', 'nobody.in.particular@yahooo.com', 'made.up.person@outlok.com'];

const SYNTAX_FAULTS: readonly (readonly [string, Reason])[] = [
  ['alice.baker', 'syntax_no_at'],
  ['bruno.dahl.cedar-works.test', 'syntax_no_at'],
  ['n/a', 'syntax_no_at'],
  ['none', 'syntax_no_at'],
  ['carla.ito@@brightmail.test', 'syntax_multiple_at'],
  ['carla@ito@brightmail.test', 'syntax_multiple_at'],
  ['@cedar-works.test', 'syntax_no_local'],
  ['dana.keller@', 'syntax_no_domain'],
  [`${'elena.'.repeat(11)}novak@cedar-works.test`, 'syntax_local_too_long'],
  [`emil.rossi@${'a-very-long-label-indeed.'.repeat(11)}test`, 'syntax_domain_too_long'],
  [`emil.rossi@${'x'.repeat(64)}.test`, 'syntax_domain_too_long'],
  [`${'emil.rossi.'.repeat(5)}x@${'long-label.'.repeat(20)}test`, 'syntax_too_long'],
  ['fiona(vogel)@oak-and-ash.test', 'syntax_bad_character'],
  ['farid.weber@oak_and_ash.test', 'syntax_bad_character'],
  ['grace,young@oak-and-ash.test', 'syntax_bad_character'],
  ['hana.zh\u202eang@oak-and-ash.test', 'syntax_bad_character'],
  ['hugo.abbott\n@oak-and-ash.test', 'syntax_bad_character'],
  ['ines baker@oak-and-ash.test', 'syntax_space'],
  ['ivan.castro@oak and ash.test', 'syntax_space'],
  ['.jonas.dahl@tall-ships.test', 'syntax_dots'],
  ['jonas.dahl.@tall-ships.test', 'syntax_dots'],
  ['jonas..dahl@tall-ships.test', 'syntax_dots'],
  ['jonas.dahl@tall-ships..test', 'syntax_dots'],
  ['jonas.dahl@.tall-ships.test', 'syntax_dots'],
  ['"julia.garcia@tall-ships.test', 'syntax_quotes'],
  ['julia"garcia@tall-ships.test', 'syntax_quotes'],
  ['kofi.haddad@-tall-ships.test', 'syntax_hyphen'],
  ['kofi.haddad@tall-ships-.test', 'syntax_hyphen'],
  ['lena.moreau@localhost', 'syntax_no_tld'],
  ['lena.moreau@cedarworks', 'syntax_no_tld'],
  ['made.up.person@gmail.con', 'syntax_bad_tld'],
  ['leo.novak@cedar-works.tset', 'syntax_bad_tld'],
  ['leo.novak@192.0.2.25', 'syntax_bad_tld'],
  ['lucia.okafor@[192.0.2.25]', 'syntax_domain_literal'],
  ['lucia.okafor@[IPv6:2001:db8::25]', 'syntax_domain_literal'],
  ['mara.petrov@xn--\u00fc.test', 'syntax_bad_idn'],
  ['mara.petrov@xn--a.test', 'syntax_bad_idn'],
];

const UNICODE_NAMES: readonly (readonly [string, string])[] = [['Zoë', 'Brontë'], ['Jürgen', 'Großmann'], ['Łukasz', 'Żółć'], ['李', '雷'], ['Ольга', 'Петрова'], ['José', 'Núñez'], ['Σοφία', 'Παπαδάκη']];
const COMPANIES = ['Cedar & Sons', 'Harbour Books, Ltd.', '"Quoted" Goods', 'Müller GmbH & Co. KG', 'O\'Brien Tools', '', '株式会社サンプル', 'Semi;Colon AG', '=Equal Partners', '-none-', 'Oak\tand Ash'];
const NOTES = [
  '',
  '',
  '',
  'called back; left a message',
  'said "maybe later"',
  'two lines:\nsecond line',
  'prefers mail, not phone',
  '=1+1',
  '@home on Fridays',
  '+ gold customer',
  '- on hold',
  'naïve café ☕ 😀',
  'a; b; c',
  'moved from old office,\n"second floor"; see file',
  '  leading and trailing spaces  ',
];

export function makeSample(): string {
  const random = mulberry32(SEED);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('Nothing to pick from');
    return item;
  };

  const entries = shuffled([...people(pick, random), ...specials(), ...faults(), ...empties()], random);
  const rows = withDuplicates(entries, pick, random).map(({ cell, reason }, index) => {
    const status = reason === 'empty' ? '' : statusOf(reason);
    const [first, last] = namesOf(cell, pick, random);
    const phone = random() < 0.8 ? `+${Math.floor(1 + random() * 98)} 555 01${String(Math.floor(random() * 100)).padStart(2, '0')}` : '';
    return [`C-${String(index + 1).padStart(5, '0')}`, first, last, cell, pick(COMPANIES), phone, pick(NOTES), status, reason];
  });
  // As spreadsheets write it: a byte order mark, CRLF between records, LF within a cell.
  return `\ufeff${[HEADER, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function people(pick: Pick, random: () => number): Entry[] {
  const entries: Entry[] = [];
  for (const [domain, count] of Object.entries(PEOPLE)) {
    const locals = new Set<string>();
    while (locals.size < count) locals.add(`${pick(FIRST_NAMES)}.${pick(surnames(random()))}`);
    for (const local of locals) entries.push(entryOf(dressed(local, random), domain, random));
  }
  return entries;
}

function surnames(chance: number): readonly string[] {
  if (chance < 0.7) return STAYING_SURNAMES;
  if (chance < 0.92) return LEFT_SURNAMES;
  return chance < 0.96 ? FULL_SURNAMES : DISABLED_SURNAMES;
}

/** Some people write a tag, or capitals. */
function dressed(local: string, random: () => number): string {
  const chance = random();
  if (chance < 0.04) return `${local}+news`;
  if (chance < 0.08) return titleCase(local);
  return local;
}

function entryOf(local: string, domain: string, random?: () => number): Entry {
  const reason = expectedReason(local, domain);
  if (domain !== IDN_DOMAIN || random === undefined) return { cell: `${local}@${domain}`, reason };
  return { cell: `${local}@${random() < 0.5 ? domain : IDN_AS_PEOPLE_WRITE}`, reason };
}

function specials(): Entry[] {
  const homes = ['brightmail.test', 'cedar-works.test', 'northwind-trading.test', 'eximius.test'];
  return [
    ...homes.flatMap((domain) => ROLE_MAILBOXES.map((local) => entryOf(local, domain))),
    ...DISPOSABLE_DOMAINS.flatMap((domain) => [...MADE_UP_MAILBOXES, 'grace.leaver'].map((local) => entryOf(local, domain))),
    ...MADE_UP_MAILBOXES.map((local) => entryOf(local, LIVE_TYPO_DOMAIN)),
    ...UTF8_MAILBOXES.flatMap((local) => ['brightmail.test', 'cedar-works.test', 'eximius.test'].map((domain) => entryOf(local, domain))),
    ...MISSING_DOMAINS.flatMap((domain) => ['alice.baker', 'omar.rossi', 'tessa.weber', 'info'].map((local) => entryOf(local, domain))),
    ...TYPOS.map((cell) => ({ cell, reason: 'domain_not_found' as const })),
    // RFC 5321 allows them, and few forms do.
    entryOf(`"alice.baker"`, 'no-mail-please.test'),
    entryOf(`o'hara/sales=x`, 'no-mail-please.test'),
  ];
}

function faults(): Entry[] {
  return SYNTAX_FAULTS.map(([cell, reason]) => ({ cell, reason }));
}

function empties(): Entry[] {
  return Array.from({ length: EMPTY_ROWS }, (_, index) => ({ cell: index % 3 === 0 ? '  ' : '', reason: 'empty' as const }));
}

/** The same address again further down, as lists have it: as it was, with another case of the domain, with spaces. */
function withDuplicates(entries: readonly Entry[], pick: Pick, random: () => number): Entry[] {
  const rows = [...entries];
  const originals = rows.filter(({ reason }) => reason !== 'empty' && !reason.startsWith('syntax_'));
  for (let count = 0; count < DUPLICATES; count += 1) {
    const original = pick(originals);
    const at = original.cell.lastIndexOf('@');
    const [local, domain] = [original.cell.slice(0, at + 1), original.cell.slice(at + 1)];
    const forms = [original.cell, local + domain.toUpperCase(), local + titleCase(domain), `  ${original.cell} `];
    // An IDN in its other form is the same domain.
    const cell = domain === IDN_DOMAIN ? local + IDN_AS_PEOPLE_WRITE : pick(forms);
    const first = rows.indexOf(original);
    rows.splice(first + 1 + Math.floor(random() * (rows.length - first)), 0, { cell, reason: original.reason });
  }
  return rows;
}

function namesOf(cell: string, pick: Pick, random: () => number): readonly [string, string] {
  if (random() < 0.06) return pick(UNICODE_NAMES);
  const local = cell.slice(0, Math.max(0, cell.lastIndexOf('@'))).replace(/\+.*$/, '');
  const [first, last, ...rest] = titleCase(local).split('.');
  if (first === undefined || last === undefined || rest.length > 0 || !/^[A-Za-z]+$/.test(first + last)) return [titleCase(pick(FIRST_NAMES)), titleCase(pick(STAYING_SURNAMES))];
  return [first, last];
}

type Pick = <T>(items: readonly T[]) => T;

function titleCase(text: string): string {
  return text.replace(/(^|[.\-\s])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** A small seeded generator of [0, 1): the list must come out the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(import.meta.dirname, '../test/fixtures/sample-practice.csv');
  writeFileSync(path, makeSample());
  process.stderr.write(`wrote ${path}\n`);
}
