// Catches what a view throws while it is drawn: reports it and shows a way on, in place of an empty window.
import { Component, type ReactNode } from 'react';
import { reportError } from '../report-error.ts';
import { words } from '../words.ts';
import { FailureView } from './failure-view.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    reportError('react', error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <FailureView title={words.failure.title} text={words.failure.text} />;
  }
}
