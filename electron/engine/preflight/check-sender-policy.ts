// Whether the SPF record of the sender's domain allows this machine's address. With the null reverse-path it is the
// greeting's name that counts (RFC 7208 2.4).
import type { Finding } from '../../../shared/preflight/findings.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/schema.ts';
import { evaluateSpf, type SpfResult } from './spf/evaluate-spf.ts';
import type { Check } from './types.ts';

const FINDING_OF: Readonly<Record<SpfResult, Finding>> = {
  pass: 'spf_pass',
  none: 'spf_none',
  neutral: 'spf_neutral',
  softfail: 'spf_softfail',
  fail: 'spf_fail',
  permerror: 'spf_permerror',
  temperror: 'spf_temperror',
  macro: 'spf_macro',
};

export const checkSenderPolicy: Check = async ({ options, signal, ownAddresses }) => {
  const { mailFrom, heloName, records } = options;
  const domain = mailFrom === '' ? heloName : mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  if (domain === DEFAULT_SETTINGS.identity.heloName) return { finding: 'spf_no_domain' };
  const [ip] = await ownAddresses();
  if (ip === undefined) return { finding: 'spf_ip_unknown', facts: { domain } };
  const { result, detail, record } = await evaluateSpf({ ip, domain: domain.toLowerCase(), ask: (name, type) => records.ask(name, type, signal) });
  return { finding: FINDING_OF[result], facts: { domain, ip, ...(record === null ? {} : { record }), ...(detail === null ? {} : { detail }) } };
};
