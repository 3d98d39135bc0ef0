// The preflight in the real app: made by itself when a list is started, told in a line beside the list and in a sheet with
// every result; a port that is shut is met with "DNS only", which finds what DNS can say and leaves the rest open.
// Only the practice world is asked, with one thing wrong in it at a time.
import { afterEach, describe, expect, it } from 'vitest';
import { en as words } from '../../shared/words/en.ts';
import { launchApp, type LaunchedApp } from '../lab/app.ts';
import { answerBoxes, ask } from '../lab/lists-in-page.ts';
import { lookAt } from '../lab/views.ts';

const { window: text, preflight } = words;

let launched: LaunchedApp;

afterEach(async () => {
  // Some end while their list is under way: the question whether to quit is answered with yes.
  await answerBoxes(launched.app, 0);
  await launched.close();
});

async function openSample(scenario: string) {
  launched = await launchApp({ args: ['--practice', `--scenario=${scenario}`] });
  const { page } = launched;
  page.setDefaultTimeout(20_000);
  await page.getByRole('heading', { level: 1, name: 'Sample list' }).waitFor();
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await button(text.list.start).waitFor();
  return { page, button, dialog: page.getByRole('dialog'), state: (name: string) => page.locator('.progress-state', { hasText: name }) };
}

describe('a network on which mail servers cannot be asked', () => {
  it('stops the start, says why and what to do, and offers DNS only', async () => {
    const { page, button, dialog, state } = await openSample('port_blocked');
    await page.getByText(preflight.notChecked).waitFor();
    await button(text.list.start).click();
    await dialog.getByRole('heading', { name: preflight.checks.port25 }).waitFor();
    await dialog.getByText(/Connections to mail servers are refused/).waitFor();
    expect(await lookAt(launched.app, page, 'preflight-blocked')).toEqual({});
    const before = await ask(page, 'listsSnapshot');
    expect(before.lists[0]?.state).toBe('ready');

    await dialog.getByRole('button', { name: preflight.dnsOnly, exact: true }).click();
    await state(text.states.done).waitFor();
    await page.getByText(preflight.blocked).waitFor();
    const { lists: [list] } = await ask(page, 'listsSnapshot');
    expect(list?.counters.byState.pending).toBe(0);
    expect(list?.counters.byReason.not_probed).toBe(list?.counters.byState.scheduled);
    expect(list?.counters.byStatus.deliverable).toBe(0);
    expect(list?.counters.byReason.no_connect ?? 0).toBe(0);
    // What DNS could not decide is open for a full run, and nobody says that it is asked by itself.
    await page.locator('.cell-status', { hasText: text.notAsked }).first().waitFor();
    await page.locator('.legend', { hasText: text.list.notAskedBar }).waitFor();
    expect(await page.getByText(text.rowStates.scheduled, { exact: true }).count()).toBe(0);
    await button(text.list.again).waitFor();
    expect(await lookAt(launched.app, page, 'preflight-dns-only-done')).toEqual({});
  });

  it('is checked again on demand, and a start anyway is the user’s word', async () => {
    const { button, dialog, state } = await openSample('port_blocked');
    await button(text.list.start).click();
    await dialog.getByText(/Connections to mail servers are refused/).waitFor();
    await dialog.getByRole('button', { name: preflight.checkAgain }).click();
    await dialog.getByRole('button', { name: preflight.checkAgain, disabled: false }).waitFor();
    await dialog.getByRole('button', { name: preflight.startAnyway }).click();
    await dialog.waitFor({ state: 'detached' });
    await state(text.states.ready).waitFor({ state: 'detached' });
  });
});

describe('a network with something to look at', () => {
  it('starts all the same, and tells it beside the list and in the sheet', async () => {
    const { page, button, dialog, state } = await openSample('listed');
    await button(text.list.start).click();
    await state(text.states.ready).waitFor({ state: 'detached' });
    await page.getByText(preflight.toLookAt(1), { exact: true }).waitFor();
    expect(await lookAt(launched.app, page, 'preflight-strip')).toEqual({});
    await button(preflight.details).click();
    await dialog.getByText(/Spamhaus ZEN \(CSS: sends spam\)/).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(9);
    expect(await dialog.getByRole('heading', { level: 3 }).first().textContent()).toContain(preflight.checks.block_lists);
    expect(await lookAt(launched.app, page, 'preflight-sheet')).toEqual({});
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('a network that is ready', () => {
  it('says so, and DNS only can be chosen there too', async () => {
    const { page, button, dialog, state } = await openSample('all_good');
    await button(preflight.check).click();
    await dialog.getByText(preflight.allGood).waitFor();
    await dialog.getByRole('button', { name: preflight.close, exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.preflight-strip').getByText(preflight.allGood).waitFor();
    expect(await lookAt(launched.app, page, 'preflight-ready')).toEqual({});
    await button(preflight.dnsOnly).click();
    await state(text.states.done).waitFor();
    expect((await ask(page, 'listsSnapshot')).lists[0]?.counters.byReason.not_probed).toBeGreaterThan(700);
    // The rest is asked in full afterwards.
    await button(text.list.again).click();
    await page.locator('.part-deliverable').first().waitFor({ state: 'attached' });
    await button(text.list.pause).click();
    await button(text.list.goOn).waitFor();
    expect((await ask(page, 'listsSnapshot')).lists[0]?.counters.byReason.not_probed ?? 0).toBeLessThan(800);
  });
});
