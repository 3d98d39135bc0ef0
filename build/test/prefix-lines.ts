// Puts a name in front of each line of what two steps write beside each other, so that every line says whose it is.
// A line is written when it is whole: pieces of one never stand in another.
// Never changes a line, and never keeps the last one: `end` writes what is left.

export interface PrefixedLines {
  readonly write: (text: string) => void;
  /** What has no end of line yet is written as a line of its own. */
  readonly end: () => void;
}

/** @param emit takes whole lines, each with its end */
export function prefixLines(name: string, emit: (lines: string) => void): PrefixedLines {
  let rest = '';
  return {
    write(text) {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      if (lines.length > 0) emit(lines.map((line) => `${name} | ${line}\n`).join(''));
    },
    end() {
      if (rest !== '') emit(`${name} | ${rest}\n`);
      rest = '';
    },
  };
}
