// The table of SMTP faults: rows 1 to 38 of the fault list, each with its variants. The soak and the tests run it.
import { CONNECT_FAULTS } from './connect-faults.ts';
import type { Fault } from './fault.ts';
import { FLIGHT_FAULTS } from './flight-faults.ts';
import { GREETING_FAULTS } from './greeting-faults.ts';
import { REFUSAL_FAULTS } from './refusal-faults.ts';
import { REPLY_FAULTS } from './reply-faults.ts';
import { TLS_FAULTS } from './tls-faults.ts';

export const SMTP_FAULTS: readonly Fault[] = [
  ...CONNECT_FAULTS,
  ...GREETING_FAULTS,
  ...REPLY_FAULTS,
  ...FLIGHT_FAULTS,
  ...REFUSAL_FAULTS,
  ...TLS_FAULTS,
];
