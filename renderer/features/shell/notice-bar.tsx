// Shows the newest short message at the lower edge, with what can be done about it. It goes by itself after ten seconds,
// but not while it is pointed at or has the focus; errors stay until they are dismissed.
import { useEffect, useState, type JSX } from 'react';
import { Button } from '../../components/button.tsx';
import { dismissNotice, NOTICE_MS, notices, type Notice } from '../../state/notices.ts';
import { useStore } from '../../state/store.ts';
import { words } from '../../words.ts';
import './notice-bar.css';

const whole = (notice: Notice | null): Notice | null => notice;

export function NoticeBar(): JSX.Element {
  const notice = useStore(notices, whole);
  return (
    <div className="notice-place" aria-live="polite">
      {notice === null ? null : <Shown key={notice.id} notice={notice} />}
    </div>
  );
}

function Shown({ notice }: { readonly notice: Notice }): JSX.Element {
  const [held, setHeld] = useState(false);
  const { id, kind, text, action } = notice;

  useEffect(() => {
    if (held || kind === 'error') return;
    const timer = setTimeout(() => { dismissNotice(id); }, NOTICE_MS);
    return () => { clearTimeout(timer); };
  }, [held, id, kind]);

  return (
    <div
      className={`notice-bar notice-${kind}`}
      onPointerEnter={() => { setHeld(true); }}
      onPointerLeave={() => { setHeld(false); }}
      onFocus={() => { setHeld(true); }}
      onBlur={() => { setHeld(false); }}
    >
      <p>{text}</p>
      {action === null ? null : (
        <Button onClick={() => { dismissNotice(id); action.run(); }}>{action.label}</Button>
      )}
      <Button look="quiet" icon="cross" aria-label={words.window.deleteList.dismiss} onClick={() => { dismissNotice(id); }} />
    </div>
  );
}
