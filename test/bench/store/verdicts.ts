// Verdicts as the engine gives them: five in a hundred unknown users, all with the reply, who gave it, and the answer to
// the domain's random recipient beside it. Objects are made anew for each verdict, as the pipeline does.
import type { ClaimedAddress, DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';

const AT_MS = 1_760_000_000_000;
const UNKNOWN_USER_EVERY = 20;
const RANDOM_TEXT = 'Recipient address rejected: User unknown in virtual mailbox table';

export function verdictOf({ rowId, address, attempt }: ClaimedAddress, { domain, domainId }: DomainClaim): VerdictRecord {
  const isUnknown = rowId % UNKNOWN_USER_EVERY === 0;
  const reply = isUnknown
    ? ({ code: 550, enhanced: '5.1.1', text: `<${address}>: Recipient address rejected: User unknown` } as const)
    : ({ code: 250, enhanced: '2.1.5', text: 'Ok' } as const);
  const mxHost = `mx${String(domainId % 50)}.provider.example`;
  const ip = `192.0.2.${String(domainId % 250)}`;
  const own: Evidence = { stage: 'RCPT', ...reply, mxHost, ip, tls: 'none', atMs: AT_MS + rowId, attempt };
  const random: Evidence = {
    stage: 'RCPT', code: 550, enhanced: '5.1.1', text: `random recipient: <w${String(domainId)}qjz@${domain}>: ${RANDOM_TEXT}`,
    mxHost, ip, tls: 'none', atMs: AT_MS + domainId, attempt,
  };
  return {
    rowId,
    reason: isUnknown ? 'mailbox_not_found' : 'accepted',
    score: isUnknown ? 0 : 95,
    flags: isUnknown ? [] : ['free', 'practice'],
    didYouMean: null,
    reply: `${String(reply.code)} ${reply.enhanced} ${reply.text}`,
    mx: mxHost,
    checkedAtMs: AT_MS + rowId,
    attempt,
    retryAtMs: null,
    provisional: false,
    heard: 'recipient',
    evidence: [own, random],
  };
}
