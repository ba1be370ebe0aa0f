import { useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';
import styles from './notices.module.css';

export type Toast = {
  text: string;
  /** One thing the person can do about it. */
  action?: { label: string; run: () => void };
  /** How long it stays, in milliseconds; null: until it is closed. Anything with an action should stay. */
  staysMs?: number | null;
};

type Shown = Toast & { id: number };

let nextId = 1;
let toasts: readonly Shown[] = [];
let announcement = '';
const listeners = new Set<() => void>();

/** Says something to screen readers only, such as the number of results. The same text twice is said twice. */
export function announce(text: string): void {
  // A live region speaks when its text changes; the no-break space makes a repeated text a changed one.
  announcement = text === announcement ? `${text}\u00a0` : text;
  notify();
}

/** Shows a short text at the bottom and says it to screen readers. Answers with what closes it. */
export function showToast(toast: Toast): () => void {
  const id = nextId++;
  const close = () => {
    toasts = toasts.filter((shown) => shown.id !== id);
    notify();
  };
  toasts = [...toasts.slice(-2), { ...toast, id }];
  notify();
  const staysMs = toast.staysMs === undefined ? (toast.action ? null : 5000) : toast.staysMs;
  if (staysMs !== null) setTimeout(close, staysMs);
  return close;
}

/** The one place on the screen where toasts and announcements appear; the shell shows it once. */
export function Notices({ closeLabel }: { closeLabel: string }) {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const said = useSyncExternalStore(subscribe, () => announcement);
  return (
    <>
      <output className="visually-hidden">{said}</output>
      <div aria-live="polite" className={styles.notices}>
        {shown.map((toast) => (
          <div key={toast.id} className={styles.toast}>
            <span>{toast.text}</span>
            {toast.action && (
              <button
                type="button"
                onClick={() => {
                  toast.action?.run();
                  dismiss(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button type="button" aria-label={closeLabel} onClick={() => dismiss(toast.id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </>
  );
}

function dismiss(id: number): void {
  toasts = toasts.filter((toast) => toast.id !== id);
  notify();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(): void {
  for (const listener of listeners) listener();
}
