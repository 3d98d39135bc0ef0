// Asks main for an estimate, anew whenever what it is about changes. An answer that comes too late is not shown.
import { useEffect, useState } from 'react';
import type { AgainChoice, Estimate } from '../../../shared/ipc/jobs.ts';
import { api } from '../../api.ts';
import { messageOf } from '../../state/notices.ts';

interface Estimating {
  readonly value: Estimate | null;
  readonly failure: string | null;
}

const NOTHING: Estimating = { value: null, failure: null };

/** Both null while it is being made. `again`: null for what nobody has asked about yet. */
export function useEstimate(listId: number, again: AgainChoice | null): Estimating {
  const [state, setState] = useState<Estimating>(NOTHING);
  const key = JSON.stringify(again);
  useEffect(() => {
    let current = true;
    setState(NOTHING);
    api.runEstimate({ listId, again: JSON.parse(key) as AgainChoice | null }).then(
      (value) => { if (current) setState({ value, failure: null }); },
      (error: unknown) => { if (current) setState({ value: null, failure: messageOf(error) }); },
    );
    return () => { current = false; };
  }, [listId, key]);
  return state;
}
