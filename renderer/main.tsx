// The page's start: catches what nothing else catches, then draws. No state outlives the page.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { reportError } from './report-error.ts';
import './theme/tokens.css';
import './theme/base.css';

window.addEventListener('error', (event) => { reportError('window', event.error ?? event.message); });
window.addEventListener('unhandledrejection', (event) => { reportError('promise', event.reason); });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
