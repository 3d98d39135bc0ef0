// Two validators from npm, asked for nothing but the mailbox: their own look-ups answered at once (both call
// `dns.promises.resolveMx`, which is replaced in this process), no lists, no WHOIS, no name or typo guesses.
import dns from 'node:dns';
import { verifyEmail as devmehqVerify } from '@devmehq/email-validator-js';
import { verifyEmail as emailcheckVerify } from '@emailcheck/email-validator-js';
import { runOneByOne } from './one-by-one.ts';
import { hostOfDomain, type Opinion, type ProbeFigures, type ProbeTask } from './task.ts';

const TIMEOUT_MS = 60_000;

export async function devmehq(task: ProbeTask): Promise<ProbeFigures> {
  answerLookUps(task);
  return runOneByOne(task, async (emailAddress) => {
    const { validSmtp } = await devmehqVerify({ emailAddress, verifyMx: true, verifySmtp: true, smtpPort: task.port, timeout: TIMEOUT_MS });
    return opinionOf(validSmtp);
  });
}

export async function emailcheck(task: ProbeTask): Promise<ProbeFigures> {
  answerLookUps(task);
  return runOneByOne(task, async (emailAddress) => {
    const { validSmtp } = await emailcheckVerify({
      emailAddress,
      verifyMx: true,
      verifySmtp: true,
      smtpPort: task.port,
      timeout: TIMEOUT_MS,
      checkDisposable: false,
      checkFree: false,
      suggestDomain: false,
      detectName: false,
    });
    return opinionOf(validSmtp);
  });
}

function answerLookUps(task: ProbeTask): void {
  dns.promises.resolveMx = (domain) => Promise.resolve([{ exchange: hostOfDomain(task, domain), priority: 10 }]);
}

function opinionOf(valid: boolean | null | undefined): Opinion {
  return valid === true ? 'deliverable' : valid === false ? 'undeliverable' : 'undecided';
}
