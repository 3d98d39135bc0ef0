// In whose words an export says its verdicts: ours, or those of a tool that people already run, so that the file drops
// into what they have. The names are part of the public interface (command line, IPC): never rename one.
// Names only, so that the page has no need of the tables (`tool-words`).

export const EXPORT_WORDS = ['winnow', 'reacher', 'zerobounce', 'neverbounce', 'kickbox'] as const;
export type ExportWords = (typeof EXPORT_WORDS)[number];

export function isExportWords(value: string): value is ExportWords {
  return (EXPORT_WORDS as readonly string[]).includes(value);
}
