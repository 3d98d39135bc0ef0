// The main window's content: asks main for all that the first view needs, then shows it, or why it could not be had.
import { useEffect, useState, type JSX } from 'react';
import type { ChannelOutput } from '../shared/ipc/contract.ts';
import { api } from './api.ts';
import { FailureView } from './components/failure-view.tsx';
import { Shell } from './features/shell/shell.tsx';
import { reportError } from './report-error.ts';
import { messageOf } from './state/notices.ts';
import { startSnapshots } from './state/snapshots.ts';
import { words } from './words.ts';

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'ready';
      readonly info: ChannelOutput<'app.info'>;
      readonly setAsideAs: string | null;
    };

async function load(): Promise<State> {
  try {
    const [info, settings] = await Promise.all([api.appInfo(), api.settingsGet(), snapshotsStarted()]);
    return { kind: 'ready', info, setAsideAs: settings.setAsideAs };
  } catch (error) {
    reportError('promise', error);
    return { kind: 'failed', message: messageOf(error) };
  }
}

let started: Promise<void> | null = null;

/** Once for the page's life, however often the view is set up. */
function snapshotsStarted(): Promise<void> {
  started ??= startSnapshots();
  return started;
}

export function App(): JSX.Element | null {
  const [state, setState] = useState<State>({ kind: 'loading' });

  useEffect(() => {
    let current = true;
    void load().then((loaded) => {
      if (current) setState(loaded);
    });
    return () => { current = false; };
  }, []);

  useEffect(() => {
    if (state.kind !== 'ready') return;
    document.title = words.app.title(state.info.name);
    api.appReady().catch((error: unknown) => { reportError('promise', error); });
  }, [state]);

  switch (state.kind) {
    case 'loading':
      return null; // a few milliseconds; a spinner would only flash
    case 'failed':
      return <FailureView title={words.failure.starting} text={state.message} />;
    case 'ready':
      return <Shell info={state.info} setAsideAs={state.setAsideAs} />;
  }
}
