// The page's start: catches what nothing else catches, then draws the view that the address names: the main window, or
// with `?view=preferences` the preferences, with `?view=monitor` the monitor. No state outlives the page but the user's place (state/place.ts).
import './no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { MonitorView } from './features/monitor/monitor-view.tsx';
import { PreferencesView } from './features/preferences/preferences-view.tsx';
import { reportError } from './report-error.ts';
import './theme/tokens.css';
import './theme/base.css';

window.addEventListener('error', (event) => { reportError('window', event.error ?? event.message); });
window.addEventListener('unhandledrejection', (event) => { reportError('promise', event.reason); });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const view = new URLSearchParams(window.location.search).get('view');

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>{view === 'preferences' ? <PreferencesView /> : view === 'monitor' ? <MonitorView /> : <App />}</ErrorBoundary>
  </StrictMode>,
);
