import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import styles from './error-boundary.module.css';

/** Catches what a page throws while it is drawn and says in words what one can do. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    return this.state.failed ? <Failure /> : this.props.children;
  }
}

function Failure() {
  const { failure } = useMessages().shell;
  return (
    <main className={styles.failure}>
      <h1>{failure.title}</h1>
      <p>{failure.body}</p>
      <Button variant="primary" icon="refresh" onClick={() => window.location.reload()}>
        {failure.reload}
      </Button>
      {/* A plain link: the whole app starts afresh. */}
      <ButtonLink icon="list" href={paths.streets()}>
        {failure.toStreets}
      </ButtonLink>
    </main>
  );
}
