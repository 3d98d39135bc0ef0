// The conversation as it is told from the evidence: what was sent only where its stage says so, what was answered word
// by word, the recipient that cannot exist marked, and nothing made up.
import { expect, it } from 'vitest';
import { conversations } from '../../../renderer/features/detail/dialogue.ts';
import type { ResultDetail } from '../../../shared/ipc/lists.ts';
import { SMTP_STAGES } from '../../../shared/verdict/evidence.ts';

type Evidence = ResultDetail['evidence'][number];

const piece = (change: Partial<Evidence>): Evidence => ({
  stage: 'RCPT', code: 250, enhanced: '2.1.5', text: 'Ok', mxHost: 'mx.example.com', ip: '192.0.2.1', tls: 'none', atMs: 1_000, attempt: 1, ...change,
});

const told = (...evidence: Evidence[]): string[] =>
  conversations(evidence, 'jane@example.com').flatMap(({ lines }) => lines.map(({ speaker, text }) => `${speaker}: ${text}`));

it('tells the question about the address, and the answer', () => {
  expect(told(piece({ code: 550, enhanced: '5.1.1', text: 'No such user' }))).toEqual(['client: RCPT TO:<jane@example.com>', 'server: 550 5.1.1 No such user']);
});

it('marks the recipient that cannot exist, and does not pretend to know its address', () => {
  const [conversation] = conversations([piece({}), piece({ code: 550, enhanced: null, text: 'random recipient: Unknown' })], 'jane@example.com');
  expect(conversation?.lines.map(({ random }) => random)).toEqual([false, false, true, true]);
  expect(conversation?.lines.slice(2).map(({ text }) => text)).toEqual(['RCPT TO:<‹random recipient›>', '550 Unknown']);
});

it('takes the words "random recipient" for a mark at RCPT only', () => {
  expect(told(piece({ stage: 'MAIL', code: 451, enhanced: null, text: 'random recipient: no' }))).toEqual(['client: MAIL FROM:<‹our sender›>', 'server: 451 random recipient: no']);
});

it('says nothing before a greeting, and names the address at RCPT alone', () => {
  expect(told(piece({ stage: 'CONNECT', code: 554, enhanced: null, text: 'go away' }))).toEqual(['server: 554 go away']);
  for (const stage of SMTP_STAGES.filter((name) => name !== 'RCPT')) {
    expect(told(piece({ stage })).join('\n')).not.toContain('jane');
  }
});

it('says that there was no answer where there was none', () => {
  expect(told(piece({ code: null, enhanced: null, text: 'timed out after 60 s' }))).toEqual(['client: RCPT TO:<jane@example.com>', 'note: No answer: timed out after 60 s']);
});

it('tells DNS and local findings as notes, with nobody at the other end', () => {
  const [conversation] = conversations([piece({ stage: 'DNS', code: null, enhanced: null, text: 'NXDOMAIN', mxHost: null, ip: null, tls: null })], 'jane@example.com');
  expect(conversation).toMatchObject({ with: null, lines: [{ speaker: 'note', text: 'DNS: NXDOMAIN' }] });
});

it('keeps attempts and servers apart, in the order in which they were had', () => {
  const all = conversations([piece({ atMs: 9_000, attempt: 2 }), piece({ atMs: 1_000, code: 451 }), piece({ atMs: 9_001, attempt: 2, mxHost: 'mx2.example.com' })], 'a@b.c');
  expect(all.map((conversation) => conversation.with)).toEqual([
    'mx.example.com [192.0.2.1] · unencrypted · attempt 1',
    'mx.example.com [192.0.2.1] · unencrypted · attempt 2',
    'mx2.example.com [192.0.2.1] · unencrypted · attempt 2',
  ]);
});
