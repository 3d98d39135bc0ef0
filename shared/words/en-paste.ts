// What a list is called that was pasted or piped and has no file name.

/** `Pasted, 21 Nov`. In the local time of `date`. */
export function pastedName(date: Date): string {
  return `Pasted, ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}`;
}
