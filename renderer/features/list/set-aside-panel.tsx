// The destinations that nothing is asked of just now: each with why in words, the server's own answer, what to do, how
// many addresses wait and until when. Folded while they only need patience; unfolds by itself while somebody
// refuses this machine, because then there is something to do; what the user folds or unfolds stays so.
// Screen readers hear when a destination comes or goes, not of every number.
import { useEffect, useRef, useState, type JSX } from 'react';
import type { ListView, SetAsideView } from '../../../shared/ipc/lists.ts';
import { Icon } from '../../components/icon.tsx';
import { formatCount } from '../../format.ts';
import { words } from '../../words.ts';
import { setAsideWords } from './set-aside-words.ts';
import './set-aside-panel.css';

/** Shown at most; the others are counted. */
const SHOWN = 8;

export function SetAsidePanel({ setAside }: Pick<ListView, 'setAside'>): JSX.Element {
  const text = words.destinations;
  const count = setAside.length;
  const waitingCount = setAside.reduce((sum, { waiting }) => sum + waiting, 0);
  const waiting = text.waits(waitingCount, formatCount(waitingCount));
  const refused = setAside.some(({ state }) => state === 'refused');
  const [byHand, setByHand] = useState<boolean | null>(null);
  const open = byHand ?? refused;
  const [announced, setAnnounced] = useState('');
  const lastCount = useRef(0);

  useEffect(() => {
    if (refused) setByHand(null); // a new refusal is seen, whatever was folded before
  }, [refused]);
  useEffect(() => {
    if (count === lastCount.current) return;
    lastCount.current = count;
    setAnnounced(text.announced(count, formatCount(count), waiting));
  }, [count, text, waiting]);

  return (
    <>
      <p className="visually-hidden" aria-live="polite">{announced}</p>
      {count === 0 ? null : (
        <details className={`set-aside${refused ? ' set-aside-refused' : ''}`} open={open}>
          <summary
            onClick={(event) => {
              event.preventDefault(); // by mouse or key; the state alone says what is open
              setByHand(!open);
            }}
          >
            <Icon name={refused ? 'bang' : 'clock'} />
            <span className="set-aside-title">{text.title(count, formatCount(count))}</span>
            <span className="set-aside-summary">{text.summary(waiting)}</span>
          </summary>
          <ul>
            {[...setAside].sort(moreUrgent).slice(0, SHOWN).map((one) => <Destination key={one.key} one={one} />)}
            {count > SHOWN ? <li className="set-aside-more">{text.more(count - SHOWN, formatCount(count - SHOWN))}</li> : null}
          </ul>
        </details>
      )}
    </>
  );
}

function Destination({ one }: { readonly one: SetAsideView }): JSX.Element {
  const text = words.destinations;
  const { headline, facts, advice, url } = setAsideWords(one, Date.now());
  return (
    <li className={`set-aside-one set-aside-${one.state}`}>
      <h3>{headline}</h3>
      <p className="set-aside-facts">{facts}</p>
      <dl>
        <dt>{text.whatToDo}</dt>
        <dd>
          {advice}
          {url === null ? null : <> <a href={url} target="_blank" rel="noreferrer" title={text.opensBrowser}>{text.openPage}</a> <span className="set-aside-url">{url.replace(/^https:\/\/|\/$/g, '')}</span></>}
        </dd>
        {one.reply === null ? null : (
          <>
            <dt>{text.said}</dt>
            <dd className="set-aside-reply">{one.reply}</dd>
          </>
        )}
      </dl>
    </li>
  );
}

/** Those that need somebody to act come first, then those with most addresses waiting. */
function moreUrgent(a: SetAsideView, b: SetAsideView): number {
  return Number(b.state === 'refused') - Number(a.state === 'refused') || b.waiting - a.waiting;
}
