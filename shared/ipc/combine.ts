// What the window may wish of whole lists: a file appended to one, several merged, one split. Each wish answers the id of a
// task, which is among the snapshot's imports until a minute after its end.
import { z } from 'zod';
import { listId, readingOptions, rowSelection } from './lists.ts';

/** `notIn`: lists whose addresses are left out. */
export const appendRequest = z.strictObject({ listId, fileId: z.uuid(), reading: readingOptions, notIn: z.array(listId).max(100) });

/** `sourceColumn`: whether one more column says which list a row came from. */
export const mergeRequest = z.strictObject({ listIds: z.array(listId).min(2).max(100), name: z.string().min(1).max(300), sourceColumn: z.boolean() });

export const splitWish = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('status') }),
  z.strictObject({ by: z.literal('provider') }),
  z.strictObject({ by: z.literal('domain'), most: z.int().min(1).max(99) }),
  z.strictObject({ by: z.literal('parts'), parts: z.int().min(2).max(100) }),
  /** Rows by rule, as the grid selects them, and the rest. */
  z.strictObject({ by: z.literal('selected'), rule: rowSelection }),
]);

export const splitRequest = z.strictObject({ listId, wish: splitWish });

export const combineTask = z.strictObject({ taskId: z.uuid() });

export type SplitChoice = z.output<typeof splitWish>;
