// Rows of a contact list for the XLSX benchmark: texts that differ, texts that repeat, and numbers; the same every time.

export const HEADER = ['email', 'name', 'company', 'city', 'customer'] as const;

export function benchRow(index: number): (string | number)[] {
  return [
    `user${String(index)}@example${String(index % 997)}.com`,
    `Zoë Müller-${String(index)} "Söhne" & Co`,
    `Company ${String(index % 10_007)}`,
    `City ${String(index % 500)}`,
    100_000 + index,
  ];
}
