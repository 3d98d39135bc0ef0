// Who lives in the practice world: one rule by which every host of it, the sample list and the tests know whether a
// mailbox exists. A local part means the same at every domain; what a host makes of it is its behaviour's business.
// Nobody real is named: the local parts are combinations of the tables below.

export const FIRST_NAMES = [
  'alice', 'amara', 'bruno', 'carla', 'chidi', 'dana', 'daniel', 'elena', 'emil', 'farid', 'fiona', 'grace', 'hana', 'hugo', 'ines',
  'ivan', 'jonas', 'julia', 'kofi', 'lena', 'leo', 'lucia', 'mara', 'marek', 'mina', 'nadia', 'nils', 'olga', 'omar', 'paula',
  'pedro', 'quinn', 'rosa', 'samir', 'sofia', 'tariq', 'tessa', 'viktor', 'wanda', 'yuki',
] as const;

/** Surnames of people who have a mailbox. */
export const STAYING_SURNAMES = [
  'abbott', 'baker', 'castro', 'dahl', 'eriksen', 'fischer', 'garcia', 'haddad', 'ito', 'jansen', 'keller', 'lindgren', 'moreau', 'novak',
  'okafor', 'petrov', 'quispe', 'rossi', 'santos', 'tanaka', 'ueda', 'vogel', 'weber', 'young', 'zhang',
] as const;

/** Surnames of people who have left: their mailboxes do not exist any more. */
export const LEFT_SURNAMES = ['ashworth', 'brandt', 'colombo', 'duarte', 'engel', 'farewell', 'goodbye', 'leaver'] as const;

export const FULL_SURNAMES = ['fullerton', 'hoarder'] as const;
export const DISABLED_SURNAMES = ['dormer', 'frost'] as const;

/** Function mailboxes that exist at every domain. */
export const ROLE_MAILBOXES = ['info', 'sales', 'support', 'contact', 'billing', 'no-reply', 'noreply'] as const;

/** Mailboxes with names that need SMTPUTF8 (RFC 6531). */
export const UTF8_MAILBOXES = ['jörg.müller', 'zoë.brontë', '李雷'] as const;

/** Mailboxes for throw-away domains, evidently nobody's. */
export const MADE_UP_MAILBOXES = ['crash.test.dummy', 'made.up.person', 'nobody.in.particular'] as const;

export type MailboxState = 'active' | 'absent' | 'full' | 'disabled';

const STATE_BY_SURNAME = new Map<string, MailboxState>([
  ...STAYING_SURNAMES.map((name) => [name, 'active'] as const),
  ...FULL_SURNAMES.map((name) => [name, 'full'] as const),
  ...DISABLED_SURNAMES.map((name) => [name, 'disabled'] as const),
]);
const FIRST = new Set<string>(FIRST_NAMES);
const OTHERS = new Set<string>([...ROLE_MAILBOXES, ...UTF8_MAILBOXES, ...MADE_UP_MAILBOXES, 'postmaster', 'abuse']);

/** The state of a mailbox by its local part: without regard to case, and with a `+tag` left out. */
export function mailboxStateOf(localPart: string): MailboxState {
  const local = localPart.toLowerCase().replace(/\+.*$/, '');
  if (OTHERS.has(local)) return 'active';
  const [first, last, ...rest] = local.split('.');
  if (first === undefined || last === undefined || rest.length > 0 || !FIRST.has(first)) return 'absent';
  return STATE_BY_SURNAME.get(last) ?? 'absent';
}
