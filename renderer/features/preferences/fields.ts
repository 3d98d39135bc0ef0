// One preference as its field: path in the shared settings, kind and unit; and the short ways to write one down.
// Bounds and defaults are read from the schema itself, so that no field can say anything else than what main will accept.
import type { words } from '../../words.ts';

export type FieldPath = keyof typeof words.preferences.fields;

/** A number is kept in the schema's unit and shown divided by `factor`, in `unit`. */
export type Field =
  | { readonly path: FieldPath; readonly kind: 'text' | 'servers' | 'switch' }
  | { readonly path: FieldPath; readonly kind: 'choice'; readonly options: readonly (keyof typeof words.preferences.tls)[] }
  | { readonly path: FieldPath; readonly kind: 'number'; readonly unit: keyof typeof words.preferences.units | null; readonly factor: number };

export const number = (path: FieldPath): Field => ({ path, kind: 'number', unit: null, factor: 1 });
/** Kept in milliseconds. */
export const ms = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'ms', factor: 1 });
export const seconds = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'seconds', factor: 1_000 });
export const minutes = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'minutes', factor: 60_000 });
/** Kept in seconds. */
export const storedSeconds = (path: FieldPath): Field => ({ path, kind: 'number', unit: 'seconds', factor: 1 });
export const toggle = (path: FieldPath): Field => ({ path, kind: 'switch' });
export const text = (path: FieldPath): Field => ({ path, kind: 'text' });
