// Whether the domain of MAIL FROM takes mail: many servers look, and refuse a sender that could not be answered.
import type { Check } from './types.ts';

export const checkMailFrom: Check = async ({ options }) => {
  const { mailFrom, resolver } = options;
  if (mailFrom === '') return { finding: 'mail_from_empty' };
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase();
  const facts = { domain };
  const lookup = await resolver.lookup(domain);
  switch (lookup.kind) {
    case 'hosts':
      return { finding: lookup.implicit ? 'mail_from_implicit' : 'mail_from_ok', facts: { ...facts, hosts: lookup.hosts.map(({ name }) => name).slice(0, 5) } };
    case 'domain_not_found':
      return { finding: 'mail_from_no_domain', facts };
    case 'no_mail_server':
    case 'null_mx':
    case 'unroutable_mx':
      return { finding: 'mail_from_no_mx', facts };
    // Its servers are in a private network, which is nobody's business but theirs.
    case 'blocked_target':
      return { finding: 'mail_from_ok', facts };
    case 'dns_temporary':
      return { finding: 'mail_from_unknown', facts: { ...facts, detail: lookup.detail } };
  }
};
