import { type RefObject, useEffect } from 'react';

/**
 * Lists by keyboard: j, k and the arrow keys go from row to row, number keys to the first row of a panel, `/` to the
 * search. It works on marks in the page (`data-panel`, `data-row` with a `data-open` link inside, `data-search`), so
 * that a panel need know nothing of the others. Enter opens by itself, because the focus is on a link.
 */
export function useRowKeys(root: RefObject<HTMLElement | null>): void {
  useEffect(
    function listen() {
      const onKeyDown = (event: KeyboardEvent) => {
        const element = root.current;
        if (!element || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
        const action = keyAction(event.key);
        if (!action || !runAction(element, action)) return;
        event.preventDefault();
      };
      document.addEventListener('keydown', onKeyDown);
      return () => document.removeEventListener('keydown', onKeyDown);
    },
    [root],
  );
}

export type KeyAction = { kind: 'step'; by: 1 | -1 } | { kind: 'panel'; index: number } | { kind: 'search' };

export function keyAction(key: string): KeyAction | null {
  if (key === 'j' || key === 'ArrowDown') return { kind: 'step', by: 1 };
  if (key === 'k' || key === 'ArrowUp') return { kind: 'step', by: -1 };
  if (key === '/') return { kind: 'search' };
  return /^[1-9]$/.test(key) ? { kind: 'panel', index: Number(key) - 1 } : null;
}

/** The row that the focus goes to from row `from` (-1: none yet), or null at the ends. */
export function nextRow(from: number, by: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (from === -1) return by === 1 ? 0 : count - 1;
  const next = from + by;
  return next >= 0 && next < count ? next : null;
}

/** After a row is gone: the next one, else the one before it. Call it while the row is still there. */
export function focusBesideRow(inside: Element | null): void {
  const row = inside?.closest('[data-row]');
  const rows = [...document.querySelectorAll('[data-row]')];
  const at = row ? rows.indexOf(row) : -1;
  if (at !== -1) focusRow(rows[at + 1] ?? rows[at - 1]);
}

function runAction(root: HTMLElement, action: KeyAction): boolean {
  if (action.kind === 'search') {
    const search = root.querySelector<HTMLInputElement>('[data-search]');
    search?.focus();
    search?.select();
    return search !== null;
  }
  if (action.kind === 'panel') {
    const panel = root.querySelectorAll<HTMLElement>('[data-panel]')[action.index];
    if (!panel) return false;
    panel.scrollIntoView({ block: 'start' });
    const row = panel.querySelector('[data-row]');
    if (row) focusRow(row);
    else panel.focus();
    return true;
  }
  const rows = [...root.querySelectorAll('[data-row]')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = nextRow(current, action.by, rows.length);
  if (next === null) return false;
  focusRow(rows[next]);
  return true;
}

function focusRow(row: Element | undefined): void {
  const target = row?.querySelector<HTMLElement>('[data-open]');
  target?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
