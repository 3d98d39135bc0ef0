// The columns that an export in our own words appends. The names are part of the public interface: never rename one.

export const WINNOW_COLUMNS = [
  'winnow_status',
  'winnow_reason',
  'winnow_score',
  'winnow_did_you_mean',
  'winnow_flags',
  'winnow_reply',
  'winnow_mx',
  'winnow_checked_at',
  'winnow_duplicate_of',
] as const;
