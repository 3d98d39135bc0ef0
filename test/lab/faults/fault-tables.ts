// All fault tables. The soak runs each row of each of them with every seed.
import { DNS_FAULTS } from './dns-faults.ts';
import type { Fault } from './fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { SMTP_FAULTS } from './smtp-faults.ts';

export const FAULT_TABLES: readonly (readonly Fault[])[] = [SMTP_FAULTS, DNS_FAULTS, NETWORK_FAULTS];
