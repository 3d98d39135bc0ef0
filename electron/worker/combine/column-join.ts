// Columns of several tables as one: a column goes where one with the same name is (blanks at its ends and case do not
// count), the k-th of a name to the k-th; the address column always goes to the address column. Others go to the end.
// Where one of two tables has no header, and their addresses stand in the same place, columns go by their place.
// Rows may be wider than their header: such cells get columns when they are met. No column is ever taken away.

export interface TableColumns {
  /** Of the header, or made-up ones. */
  readonly columns: readonly string[];
  /** 0-based. */
  readonly addressColumn: number;
  readonly hasHeader: boolean;
}

/** Where the cells of one table go. */
export interface ColumnPlaces {
  /** 0-based column in the whole, of a cell at `index` in its own record. */
  readonly at: (index: number) => number;
}

export class ColumnJoin {
  readonly #columns: string[];
  readonly #addressColumn: number;
  readonly #hasHeader: boolean;

  /** Begins with one table, whose columns stay where they are. */
  constructor({ columns, addressColumn, hasHeader }: TableColumns) {
    this.#columns = [...columns];
    this.#addressColumn = addressColumn;
    this.#hasHeader = hasHeader;
  }

  get columns(): readonly string[] {
    return this.#columns;
  }

  /** Makes columns for all of the table's that the whole does not have. */
  add({ columns, addressColumn, hasHeader }: TableColumns): ColumnPlaces {
    const places: number[] = [];
    const taken = new Set([this.#addressColumn]);
    const byPlace = hasHeader !== this.#hasHeader && addressColumn === this.#addressColumn;
    const at = (index: number): number => {
      for (let next = places.length; next <= index; next++) {
        const name = columns[next] ?? (hasHeader ? '' : `column_${String(next + 1)}`);
        const place = next === addressColumn ? this.#addressColumn : byPlace && next < this.#columns.length ? next : this.#placeOf(name, taken);
        taken.add(place);
        places.push(place);
      }
      return places[index] ?? index;
    };
    if (columns.length > 0) at(columns.length - 1);
    return { at };
  }

  #placeOf(name: string, taken: ReadonlySet<number>): number {
    const key = keyOf(name);
    const found = this.#columns.findIndex((column, index) => !taken.has(index) && keyOf(column) === key);
    return found === -1 ? this.#columns.push(name) - 1 : found;
  }
}

function keyOf(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
