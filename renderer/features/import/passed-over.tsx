// What of a drop or a folder was passed over, each with the reason. Folded, but where there is nothing else to see.
import type { JSX } from 'react';
import type { Batch } from '../../state/place.ts';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';

interface Props {
  readonly passedOver: Batch['passedOver'];
  readonly count: number;
  readonly open: boolean;
}

export function PassedOver({ passedOver, count, open }: Props): JSX.Element | null {
  const { batch } = words.window.import;
  if (count === 0) return null;
  const more = count - passedOver.length;
  return (
    <details className="passed-over" open={open}>
      <summary>{batch.passedOver(count, formatCount(count))}</summary>
      <ul>
        {passedOver.map(({ name, why }, index) => <li key={index}><strong>{name}</strong>: {why}</li>)}
        {more > 0 ? <li>{batch.passedOverMore(formatCount(more))}</li> : null}
      </ul>
    </details>
  );
}
