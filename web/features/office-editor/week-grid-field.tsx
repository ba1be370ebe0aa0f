import { type KeyboardEvent, memo, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import {
  daySlots,
  DAYS_PER_WEEK,
  type GridCell,
  HOLIDAY_ROW,
  isPainted,
  paintCells,
  SLOT_MIN,
  SLOTS_PER_DAY,
  type WeekGrid,
} from '#domain/time/week-grid.ts';
import { useEditorTexts } from './use-editor-texts.ts';
import styles from './week-grid-field.module.css';
import { clockWords } from './words.ts';

/** How far one key goes: half hours to the side, days up and down. */
const MOVES: Record<string, readonly [rows: number, slots: number]> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Home: [0, -SLOTS_PER_DAY],
  End: [0, SLOTS_PER_DAY],
};

/** Where the week does not fit on the screen it begins here: half past six. */
const FIRST_SLOT_SHOWN = 13;

/**
 * A week to paint on, by pointer or by keyboard. A finger taps single half hours, because dragging scrolls the page;
 * whole spans are added beside it.
 */
export function WeekGridField({ grid, onChange }: { grid: WeekGrid; onChange: (grid: WeekGrid) => void }) {
  const t = useEditorTexts();
  const helpId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  useEffect(function beginInTheMorning() {
    const { current } = scroll;
    if (current) current.scrollLeft = (current.scrollWidth * FIRST_SLOT_SHOWN) / SLOTS_PER_DAY;
  }, []);
  const root = useRef<HTMLTableElement>(null);
  const rows = typeof grid.holidays === 'string' ? DAYS_PER_WEEK : DAYS_PER_WEEK + 1;
  const [active, setActive] = useState<GridCell>({ row: 0, slot: 16 });
  const [pointed, setPointed] = useState<GridCell | null>(null);
  const [drag, setDrag] = useState<{ from: GridCell; to: GridCell; open: boolean } | null>(null);
  // What goes on with Shift: from where, what is painted, and the week as it was before.
  const stroke = useRef<{ from: GridCell; open: boolean; before: WeekGrid } | null>(null);
  const dragged = useRef(false);
  const shown = drag ? paintCells(grid, drag.from, drag.to, drag.open) : grid;
  const focus: GridCell = { row: Math.min(active.row, rows - 1), slot: active.slot };

  function toggle(cell: GridCell): void {
    const open = !isPainted(grid, cell);
    stroke.current = { from: cell, open, before: grid };
    onChange(paintCells(grid, cell, cell, open));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      toggle(focus);
      return;
    }
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const next = {
      row: Math.min(rows - 1, Math.max(0, focus.row + move[0])),
      slot: Math.min(SLOTS_PER_DAY - 1, Math.max(0, focus.slot + move[1])),
    };
    if (event.shiftKey) {
      stroke.current ??= { from: focus, open: true, before: grid };
      const { from, open, before } = stroke.current;
      onChange(paintCells(before, from, next, open));
    } else stroke.current = null;
    setActive(next);
    cellElement(next)?.focus();
  }

  function cellElement({ row, slot }: GridCell): HTMLElement | null {
    return root.current?.querySelector(`[data-cell="${row}-${slot}"]`) ?? null;
  }

  function onPointerDown(event: PointerEvent<HTMLTableElement>): void {
    const cell = cellAt(event.target);
    dragged.current = event.pointerType !== 'touch';
    if (!cell || event.button || event.pointerType === 'touch') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setActive(cell);
    setDrag({ from: cell, to: cell, open: !isPainted(grid, cell) });
  }

  function onPointerMove(event: PointerEvent<HTMLTableElement>): void {
    const cell = cellAt(document.elementFromPoint(event.clientX, event.clientY));
    if (cell?.row !== pointed?.row || cell?.slot !== pointed?.slot) setPointed(cell);
    if (drag && cell && (cell.row !== drag.to.row || cell.slot !== drag.to.slot)) setDrag({ ...drag, to: cell });
  }

  function endDrag(commit: boolean): void {
    if (!drag) return;
    stroke.current = { from: drag.from, open: drag.open, before: grid };
    if (commit) onChange(shown);
    setDrag(null);
    cellElement(drag.to)?.focus({ preventScroll: true });
    setActive(drag.to);
  }

  const dayName = (row: number) => (row === HOLIDAY_ROW ? t.hours.holidays.day : t.hours.weekdays[row]!);
  const readout = drag ? spanWords(drag.from, drag.to) : pointed ? spanWords(pointed, pointed) : '';

  function spanWords(a: GridCell, b: GridCell): string {
    const [first, last] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
    const [from, to] = [Math.min(a.slot, b.slot), Math.max(a.slot, b.slot) + 1];
    const days = first === last ? dayName(first) : `${dayName(first)} – ${dayName(last)}`;
    return `${days} ${clockWords(from * SLOT_MIN)}–${clockWords(to * SLOT_MIN)}`;
  }

  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <span aria-hidden="true">{t.hours.grid}</span>
        <span className={styles.readout} aria-hidden="true">
          {readout}
        </span>
      </div>
      <div className={styles.scroll} ref={scroll}>
        <div className={styles.scale} aria-hidden="true">
          {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
        <table
          ref={root}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the grid pattern of ARIA
          role="grid"
          tabIndex={-1}
          aria-label={t.hours.grid}
          aria-describedby={helpId}
          className={styles.grid}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={() => endDrag(true)}
          onPointerCancel={() => endDrag(false)}
          onPointerLeave={() => setPointed(null)}
          onClick={(event) => {
            // A mouse has painted already when it was pressed.
            const cell = cellAt(event.target);
            if (cell && !dragged.current) {
              setActive(cell);
              toggle(cell);
            }
            dragged.current = false;
          }}
        >
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              <GridRow
                key={row}
                row={row}
                name={dayName(row)}
                painted={row === HOLIDAY_ROW ? (shown.holidays as readonly boolean[]) : daySlots(shown, row)}
                focusSlot={focus.row === row ? focus.slot : -1}
                cellLabel={t.hours.cell}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p id={helpId} className={styles.help}>
        <span className={styles.forPointer}>{t.hours.gridHelp}</span>
        <span className={styles.forFinger}>{t.hours.gridHelpTouch}</span>
      </p>
    </div>
  );
}

function cellAt(target: EventTarget | null): GridCell | null {
  const code = target instanceof HTMLElement ? target.dataset.cell : undefined;
  if (!code) return null;
  const [row, slot] = code.split('-').map(Number);
  return { row: row!, slot: slot! };
}

type RowProps = {
  row: number;
  name: string;
  painted: readonly boolean[];
  /** The half hour that the Tab key comes to; -1 in the other rows. */
  focusSlot: number;
  cellLabel: (day: string, time: string, open: boolean) => string;
};

/** Drawn anew only when something in this day has changed. */
const GridRow = memo(
  function GridRow({ row, name, painted, focusSlot, cellLabel }: RowProps) {
    return (
      <tr className={styles.row}>
        <th scope="row" className={styles.day}>
          {name}
        </th>
        {painted.map((open, slot) => (
          <td
            // oxlint-disable-next-line react/no-array-index-key -- the half hour is what it is
            key={slot}
            data-cell={`${row}-${slot}`}
            tabIndex={slot === focusSlot ? 0 : -1}
            aria-selected={open}
            aria-label={cellLabel(name, clockWords(slot * SLOT_MIN), open)}
            className={styles.cell}
          />
        ))}
      </tr>
    );
  },
  (a, b) =>
    a.focusSlot === b.focusSlot &&
    a.name === b.name &&
    a.cellLabel === b.cellLabel &&
    a.painted.every((open, slot) => open === b.painted[slot]),
);
