// The part of papaparse that the benchmark uses; the package brings no types.
import { createRequire } from 'node:module';

interface Papa {
  parse(text: string, options: { readonly delimiter: string; readonly skipEmptyLines: boolean }): { readonly data: readonly (readonly string[])[] };
}

export const papaparse = createRequire(import.meta.url)('papaparse') as Papa;
