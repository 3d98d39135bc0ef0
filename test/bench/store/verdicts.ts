// Verdicts as the engine gives them: five in a hundred unknown users, all with the reply, who gave it, and the answer to
// the domain's random recipient beside it. What neighbours of one domain were told alike is one and the same, up to a
// flight's worth, as the pipeline gives it; where no neighbours are of one domain, every verdict is all its own.
import type { ClaimedAddress, DomainClaim, VerdictRecord } from '../../../electron/worker/interface.ts';
import type { Evidence } from '../../../shared/verdict/evidence.ts';

const AT_MS = 1_760_000_000_000;
const UNKNOWN_USER_EVERY = 20;
const RANDOM_TEXT = 'Recipient address rejected: User unknown in virtual mailbox table';

/** The most recipients of a flight. */
const FLIGHT = 50;

/** Makes verdicts, to be called for each address in the order of the commits. */
export function verdictMaker(): (address: ClaimedAddress, claim: DomainClaim) => VerdictRecord {
  let last: { readonly claim: DomainClaim; readonly record: VerdictRecord; left: number } | null = null;
  return (address, claim) => {
    if (last?.claim !== claim || last.left === 0) last = null;
    if (address.rowId % UNKNOWN_USER_EVERY === 0) return verdictOf(address, claim);
    last ??= { claim, record: verdictOf(address, claim), left: FLIGHT };
    last.left -= 1;
    return { ...last.record, rowId: address.rowId };
  };
}

function verdictOf({ rowId, address, attempt }: ClaimedAddress, { domain, domainId }: DomainClaim): VerdictRecord {
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
