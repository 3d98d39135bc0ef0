import { describe, expect, it } from 'vitest';
import { mailboxStateOf } from '../../../electron/practice/population.ts';

describe('mailboxStateOf', () => {
  it.each([
    ['alice.baker', 'active'],
    ['Alice.BAKER', 'active'],
    ['alice.baker+news', 'active'],
    ['info', 'active'],
    ['no-reply', 'active'],
    ['jörg.müller', 'active'],
    ['crash.test.dummy', 'active'],
    ['alice.leaver', 'absent'],
    ['nobody.baker', 'absent'],
    ['alice', 'absent'],
    ['alice.baker.weber', 'absent'],
    ['alice.fullerton', 'full'],
    ['alice.dormer', 'disabled'],
    ['', 'absent'],
    ['3f9c2a7be1', 'absent'],
  ])('%j is %s', (local, state) => {
    expect(mailboxStateOf(local)).toBe(state);
  });
});
