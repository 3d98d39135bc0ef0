// What one slip of a finger makes of a word: a letter left out, doubled, swapped with the next, replaced by its neighbour
// on the keyboard, or struck together with that neighbour. Pure; the word is in lower case.
// The first letter is never lost or replaced: that makes another word (mail, email, fmail) rather than a slip.

/** QWERTY, QWERTZ and AZERTY. */
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', '1234567890'];
const KEY_COLUMNS = ['qaz', 'wsx', 'edc', 'rfv', 'tgb', 'yhn', 'ujm', 'ik', 'ol', 'p0', 'o0', 'l1', 'i1'];

export function slipsOf(word: string): ReadonlySet<string> {
  const result = new Set<string>();
  for (let i = 0; i < word.length; i += 1) {
    const before = word.slice(0, i);
    const char = word.charAt(i);
    const after = word.slice(i + 1);
    result.add(before + char + char + after);
    if (after !== '') result.add(before + after.charAt(0) + char + after.slice(1));
    if (i === 0) continue;
    result.add(before + after);
    for (const key of neighboursOf(char)) {
      result.add(before + key + after);
      result.add(before + char + key + after);
      result.add(before + key + char + after);
    }
  }
  result.delete(word);
  return result;
}

function neighboursOf(char: string): ReadonlySet<string> {
  const result = new Set<string>();
  for (const line of [...KEY_ROWS, ...KEY_COLUMNS]) {
    const at = line.indexOf(char);
    if (at < 0) continue;
    for (const key of [line.charAt(at - 1), line.charAt(at + 1)]) if (key !== '') result.add(key);
  }
  return result;
}
