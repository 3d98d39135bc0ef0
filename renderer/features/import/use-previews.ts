// Previews of several files, two asked for at a time, in the order of the files; one that is read another way is asked for
// anew, and what was shown stays until then. An answer that comes after a newer question is dropped.
import { useEffect, useRef, useState } from 'react';
import type { ImportPreview } from '../../../shared/ipc/lists.ts';
import { api } from '../../api.ts';
import { messageOf } from '../../state/notices.ts';
import type { BatchFile } from '../../state/place.ts';
import type { Asked } from '../../state/use-async.ts';

/** The reader answers one question at a time, and the grid's in between. */
const AT_A_TIME = 2;

interface Answered {
  readonly key: string;
  readonly value: ImportPreview | null;
  readonly error: string | null;
}

const keyOf = ({ reading }: BatchFile): string => JSON.stringify(reading);

/** What is known of a file so far. */
export type PreviewOf = (file: BatchFile) => Asked<ImportPreview>;

/** `asking`: false stops asking. */
export function usePreviews(files: readonly BatchFile[], asking: boolean): PreviewOf {
  const [answered, setAnswered] = useState<ReadonlyMap<string, Answered>>(new Map());
  const asked = useRef(new Map<string, string>());

  useEffect(() => {
    if (!asking) return;
    for (const one of files) {
      const { fileId } = one.file;
      const key = keyOf(one);
      if (asked.current.size >= AT_A_TIME) return;
      if (answered.get(fileId)?.key === key || asked.current.has(fileId)) continue;
      asked.current.set(fileId, key);
      const settle = (value: ImportPreview | null, error: string | null): void => {
        asked.current.delete(fileId);
        setAnswered((known) => new Map(known).set(fileId, { key, value: value ?? known.get(fileId)?.value ?? null, error }));
      };
      api.importPreview({ fileId, reading: one.reading }).then((value) => { settle(value, null); }, (error: unknown) => { settle(null, messageOf(error)); });
    }
  }, [files, answered, asking]);

  return (file) => {
    const known = answered.get(file.file.fileId);
    const pending = known?.key !== keyOf(file);
    return { value: known?.value ?? null, error: pending ? null : known.error, pending };
  };
}
