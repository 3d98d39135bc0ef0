// What the page can ask main about lists, asked through the page's own object, for tests of main that do not depend on
// what the page looks like. Waits are for snapshots, never for time.
import type { ElectronApplication, Page } from 'playwright';
import type { Answer } from '../../shared/ipc/answer.ts';
import type { WinnowApi } from '../../shared/ipc/api.ts';
import type { ListView, Snapshot } from '../../shared/ipc/lists.ts';

type Method = Exclude<keyof WinnowApi, 'onSnapshot' | 'filesDrop'>;
type Value<M extends Method> = Awaited<ReturnType<WinnowApi[M]>> extends Answer<infer T> ? T : never;

/** Calls a method of the page's object; throws what it is refused with. */
export async function ask<M extends Method>(page: Page, method: M, ...args: Parameters<WinnowApi[M]>): Promise<Value<M>> {
  const answer = await page.evaluate<Answer<Value<M>>>(`window.winnow[${JSON.stringify(method)}](...${JSON.stringify(args)})`);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

/** The first snapshot, from now on or as of now, of which `condition` (source text, over `s`) is true. */
export async function snapshotWhere(page: Page, condition: string): Promise<Snapshot> {
  return page.evaluate<Snapshot>(`new Promise((resolve) => {
    const stop = window.winnow.onSnapshot(look);
    function look(s) { if (${condition}) { stop(); resolve(s); } }
    window.winnow.listsSnapshot().then((answer) => { look(answer.value); });
  })`);
}

/** The list once `condition` (source text, over `list`) is true of it. */
export async function listWhere(page: Page, listId: number, condition: string): Promise<ListView> {
  const { lists } = await snapshotWhere(page, `s.lists.some((list) => list.id === ${String(listId)} && (${condition}))`);
  const list = lists.find(({ id }) => id === listId);
  if (list === undefined) throw new Error(`no list ${String(listId)}`);
  return list;
}

/** Answers each message box of main with this button from now on; what was shown is kept for `shownBoxes`. */
export async function answerBoxes(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, button) => {
    const shown = ((globalThis as { shownBoxes?: string[] }).shownBoxes ??= []);
    dialog.showMessageBox = (...args: unknown[]) => {
      shown.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: button, checkboxChecked: false });
    };
  }, button);
}

export async function shownBoxes(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(() => (globalThis as { shownBoxes?: string[] }).shownBoxes ?? []);
}
