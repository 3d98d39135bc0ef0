// What is guessed of 8-bit lists that are no UTF-8: real words of fourteen languages between ASCII addresses, one record
// and twenty; and Windows-1252 wherever nothing speaks for another.
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { foreignCells, guessEncoding, MAX_GUESS_BYTES } from '../../../../electron/worker/intake/guess-encoding.ts';

const WORDS: readonly (readonly [language: string, encoding: string, words: readonly string[]])[] = [
  ['Japanese', 'shift_jis', ['山田太郎', '東京都千代田区', '株式会社サクラ', '鈴木一郎', 'ヤマダ タロウ']],
  ['Chinese', 'gb18030', ['张伟', '北京市朝阳区', '王芳', '上海有限公司', '李娜']],
  ['Chinese (traditional)', 'big5', ['陳大文', '台北市', '林志明有限公司']],
  ['Korean', 'euc-kr', ['김철수', '서울특별시', '이영희']],
  ['Russian', 'windows-1251', ['Иван Петров', 'Москва', 'Екатерина Смирнова', 'Санкт-Петербург']],
  ['Russian (KOI8)', 'koi8-r', ['Иван Петров', 'Москва', 'Екатерина Смирнова']],
  ['Greek', 'windows-1253', ['Γιώργος Παπαδόπουλος', 'Αθήνα', 'Θεσσαλονίκη']],
  ['Hebrew', 'windows-1255', ['דוד כהן', 'תל אביב', 'שרה לוי']],
  ['Arabic', 'windows-1256', ['محمد علي', 'القاهرة', 'فاطمة']],
  ['Polish and Czech', 'windows-1250', ['Łukasz Wiśniewski', 'Dvořák', 'Žižkov', 'Świętokrzyskie', 'Kovács Ágnes']],
  ['Polish and Czech (ISO)', 'iso-8859-2', ['Łukasz Wiśniewski', 'Dvořák', 'Žižkov', 'Świętokrzyskie']],
  ['German', 'windows-1252', ['Müller', 'Schröder', 'Grüne Straße', 'Jürgen Köhler', 'Bäcker']],
  ['French', 'windows-1252', ['Hélène Lefèvre', 'François', 'Société Générale', 'Noël']],
  ['Spanish', 'windows-1252', ['José Núñez', 'Muñoz', 'María', 'Compañía', 'Peña']],
  ['Danish', 'windows-1252', ['Søren Kjær', 'Åse', 'Jørgensen', 'Ærø']],
  ['Portuguese', 'windows-1252', ['João Gonçalves', 'São Paulo', 'Conceição', 'Fundação']],
];

function list(words: readonly string[], rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => `${words[row % words.length] ?? ''},user${String(row)}@example${String(row)}.com,${words[(row + 1) % words.length] ?? ''}`);
  return `name,email,city\n${lines.join('\n')}\n`;
}

describe('guessEncoding', () => {
  for (const [language, encoding, words] of WORDS) {
    for (const rows of [1, 3, 20]) {
      it(`reads ${language}, ${String(rows)} records`, async () => {
        const text = list(words, rows);
        const bytes = iconv.encode(text, encoding);
        const guessed = await guessEncoding(foreignCells(bytes));
        expect(guessed).toBe(encoding);
        expect(iconv.decode(bytes, guessed)).toBe(text);
      });
    }
  }

  it('reads Turkish from three records on; its six letters differ from Windows-1252 only there', async () => {
    const text = list(['Çağlar Şahin', 'İstanbul', 'Ayşe Yıldız'], 3);
    expect(await guessEncoding(foreignCells(iconv.encode(text, 'windows-1254')))).toBe('windows-1254');
  });

  it('says Windows-1252 of what no language holds', async () => {
    expect(await guessEncoding(Buffer.alloc(0))).toBe('windows-1252');
    expect(await guessEncoding(Buffer.from([0xe9, 0x0a]))).toBe('windows-1252');
    expect(await guessEncoding(Buffer.from(Array.from({ length: 128 }, (_, index) => index + 128)))).toBe('windows-1252');
  });
});

describe('foreignCells', () => {
  it('takes the cells that hold foreign bytes, whole, and no more than are looked at', () => {
    expect(foreignCells(Buffer.from('a;b\xe9 c;d\n"x|\xfcy",z\n', 'latin1')).toString('latin1')).toBe('b\xe9 c\nx|\xfcy');
    expect(foreignCells(Buffer.alloc(1_000_000, 'ab\xe9\n', 'latin1')).length).toBeLessThanOrEqual(MAX_GUESS_BYTES);
  });
});
