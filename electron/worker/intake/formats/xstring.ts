// ST_Xstring (ECMA-376 22.9.2.19): characters that XML cannot hold stand in a spreadsheet's texts as `_x000D_`, and an
// underscore that would look like such a thing as `_x005F_`.

export function decodeXstring(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
