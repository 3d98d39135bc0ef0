// What a column is called where it is shown: one without a name by its number.
import { words } from '../../words.ts';

export function columnName(name: string, index: number): string {
  return name.trim() === '' ? words.window.import.columnName(String(index + 1)) : name;
}
