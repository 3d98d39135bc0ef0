// Whether DNS says the truth about names that do not exist (faults row 53): without it, no domain can be called missing.
import type { Check } from './types.ts';

export const checkDns: Check = async ({ options }) => {
  switch (await options.resolver.checkForHijacking()) {
    case 'honest':
      return { finding: 'dns_honest' };
    case 'hijacked':
      return { finding: 'dns_hijacked' };
    case 'unknown':
      return { finding: 'dns_silent' };
  }
};
