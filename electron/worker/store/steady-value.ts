// A bound value in a condition on a table with partial indexes (`rows`, `domains`). SQLite compares each condition with
// those of the indexes, and where a bare `?` was compared, it prepares the statement anew whenever that is bound again
// (`exprCompareVariable` in its source): 40 microseconds a run, ten times what the run itself takes. An expression is
// not compared, and finds its rows by the same index. Not needed where a table alone is asked for one rowid.

/** `placeholder`: `?` or a named one. */
export function steady(placeholder: string): string {
  return `+${placeholder}`;
}
