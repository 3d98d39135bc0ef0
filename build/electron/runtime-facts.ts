// What a runtime's folder in the cache says of itself, and in which file.
// Written once when the folder is complete; never changed afterwards.
export interface RuntimeFacts {
  readonly kind: 'official' | 'fallback';
  readonly electronVersion: string;
}

export const runtimeFactsFile = 'runtime.json';
