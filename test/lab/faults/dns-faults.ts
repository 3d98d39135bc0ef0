// Faults 39-55 in one table, for the tests (one seed) and the soak (many).
import { DNS_RECORD_FAULTS } from './dns-record-faults.ts';
import { DNS_TRANSPORT_FAULTS } from './dns-transport-faults.ts';
import type { Fault } from './fault.ts';
import { TARGET_FAULTS } from './target-faults.ts';

export const DNS_FAULTS: readonly Fault[] = [...DNS_RECORD_FAULTS, ...DNS_TRANSPORT_FAULTS, ...TARGET_FAULTS];
