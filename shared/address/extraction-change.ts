// What extraction changes to get from a cell to an address: stable names, which the window puts into words.
// In this order wherever several are given.

export const EXTRACTION_CHANGES = [
  /** The cell holds several addresses; this is one of them. */
  'list_split',
  'display_name_removed',
  /** An RFC 5322 comment: `a@b.c (Name)`. */
  'comment_removed',
  'angle_brackets_removed',
  'mailto_removed',
  'brackets_removed',
  'quotes_removed',
  'leading_punctuation_removed',
  'trailing_punctuation_removed',
  'zero_width_removed',
  'full_width_folded',
  'no_break_space_removed',
  'spaces_trimmed',
] as const;

export type ExtractionChange = (typeof EXTRACTION_CHANGES)[number];
