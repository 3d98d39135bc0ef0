// Asks main for something whenever what it depends on changes, and keeps the newest answer: an answer that comes after
// a newer question is dropped. While a new answer is awaited the last one stays, marked as stale.
import { useEffect, useState } from 'react';
import { messageOf } from './notices.ts';

export interface Asked<T> {
  readonly value: T | null;
  readonly error: string | null;
  /** True until the answer to the present question is there. */
  readonly pending: boolean;
}

interface Answered<T> {
  readonly key: string;
  readonly value: T | null;
  readonly error: string | null;
}

/** `key` says what is asked: the same key is not asked again. A key of null asks nothing. */
export function useAsync<T>(key: string | null, ask: () => Promise<T>): Asked<T> {
  const [answered, setAnswered] = useState<Answered<T> | null>(null);
  useEffect(() => {
    if (key === null) return;
    let current = true;
    ask().then(
      (value) => {
        if (current) setAnswered({ key, value, error: null });
      },
      (error: unknown) => {
        if (current) setAnswered((last) => ({ key, value: last?.value ?? null, error: messageOf(error) }));
      },
    );
    return () => {
      current = false;
    };
    // `ask` is made anew with each drawing; the key alone says whether the question is another one
  }, [key]);
  const pending = answered?.key !== key;
  return { value: answered?.value ?? null, error: pending ? null : answered.error, pending };
}
