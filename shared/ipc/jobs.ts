// What the window is told and may wish about jobs: the queue's order, verifying again, and the estimate before a start.
import { z } from 'zod';
import { listId, rowSelection } from './lists.ts';

const count = z.int().min(0);

/** What of a list is to be verified again. */
export const againChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('older'), days: z.int().min(1).max(3_650) }),
  /** Rows by rule, as the grid selects them: those that it means when their turn has come. */
  z.strictObject({ kind: z.literal('selected'), rule: rowSelection }),
]);

export const againRequest = z.strictObject({ listId, again: againChoice });

/** `before`: a list that waits for its turn too; null: behind all. */
export const moveRequest = z.strictObject({ listId, before: listId.nullable() });

/** `again`: null for rows that nobody has asked about yet. */
export const estimateRequest = z.strictObject({ listId, again: againChoice.nullable() });

/** Nothing but DNS was asked for it. */
export const estimate = z.strictObject({
  /** Addresses that would be asked about. */
  rows: count,
  domains: count,
  /** What was looked up: so many domains, with so many of the addresses. */
  sampled: z.strictObject({ domains: count, rows: count }),
  /** Of the addresses that were looked up, by who serves them, the most first; at most 6. `name`: of a known provider,
   *  or null for all servers that are not one. */
  destinations: z.array(z.strictObject({ name: z.string().nullable(), rows: count })),
  /** Addresses of domains that certainly take no mail, among those that were looked up: nobody has to be asked. */
  noMail: count,
  secondsAtLeast: z.number().min(0),
  secondsAtMost: z.number().min(0),
});

export type AgainChoice = z.output<typeof againChoice>;
export type Estimate = z.output<typeof estimate>;
