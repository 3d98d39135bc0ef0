// What the preferences are told about the address lists: of each kind where it comes from, how fresh it is, how long it
// is; and what came of a file that the user chose for one. Never an entry of a list, never a path.
import { z } from 'zod';
import { LIST_KINDS } from '../lists/list-kinds.ts';

const count = z.int().min(0);

export const listKind = z.enum(LIST_KINDS);

export const addressListState = z.strictObject({
  kind: listKind,
  /** The user's file by its name, or whose data the built-in list is; empty where there is no list. */
  source: z.string(),
  /** ISO date of the data; null where there is no list. */
  date: z.string().nullable(),
  entries: count,
  /** From a file of the user's. */
  custom: z.boolean(),
  /** Why the user's file cannot be used; nothing is imported or asked until it is replaced or removed. */
  problem: z.string().nullable(),
});

export const addressListsState = z.strictObject({
  lists: z.array(addressListState),
  /** IANA's list of top-level domains, which addresses are checked against. */
  topLevelDomains: z.strictObject({ count, date: z.string(), source: z.string() }),
});

/** What came of a chosen file. `faulty`: some lines cannot be used, and nothing was changed yet. */
export const addressListChoice = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('cancelled') }),
  z.strictObject({ outcome: z.literal('taken'), state: addressListsState }),
  z.strictObject({
    outcome: z.literal('faulty'),
    fileId: z.uuid(),
    name: z.string(),
    /** Entries that could be used. */
    entries: count,
    /** The first faulty lines, and how many there are. */
    problems: z.array(z.strictObject({ line: z.int().min(1), problem: z.string() })),
    problemCount: count,
  }),
]);

export type ListKindName = z.output<typeof listKind>;
export type AddressListsState = z.output<typeof addressListsState>;
export type AddressListState = z.output<typeof addressListState>;
export type AddressListChoice = z.output<typeof addressListChoice>;
export type FaultyAddressList = Extract<AddressListChoice, { outcome: 'faulty' }>;
