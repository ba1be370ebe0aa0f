/**
 * Our own drawings, one line each: strokes of width 2 with round ends on a 24 × 24 grid.
 * Plain path data, so that the list (SVG) and the map (canvas) draw the very same sign. What the first screen does not
 * show is in later-icons.ts.
 */
export const iconPaths = {
  // services
  armchair:
    'M6 11V7a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3v4M3 12.5a2 2 0 0 1 4 0V15h10v-2.5a2 2 0 0 1 4 0V19H3zM6 19v2M18 19v2',
  bowl: 'M3 12h18a9 9 0 0 1-5 7.5V21H8v-1.5A9 9 0 0 1 3 12zM9 8c0-2 2-2 2-4M14 8c0-2 2-2 2-4',
  drop: 'M12 3c3.5 4.2 6 7.5 6 11a6 6 0 0 1-12 0c0-3.5 2.5-6.8 6-11zM9 14.5a3 3 0 0 0 3 3',
  shield: 'M12 3l8 3v6c0 4.5-3.2 7.8-8 9-4.8-1.2-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  scales: 'M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a3 3 0 0 0 5 0zM19 7l-2.5 6a3 3 0 0 0 5 0z',
  gavel: 'M9 8l6 6M7 10l4-4M13 16l4-4M12 11l-8 8M12 21h9',
  flag: 'M5 21V4M5 5c4-2 8 2 14 0v9c-6 2-10-2-14 0',
  building: 'M3 10l9-6 9 6M4 10h16M6 10v8M10 10v8M14 10v8M18 10v8M3 20h18',
  mobile: 'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  wheel:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM3.5 10.5L10 12M20.5 10.5L14 12M12 14v7',
  briefcase: 'M4 8h16v11H4zM9 8V5h6v3M4 13h16M12 12v2.5',
  card: 'M3 6h18v12H3zM3 10h18M6.5 14.5h4',
  book: 'M12 7c-2-1.6-5-2-8-2v13c3 0 6 .4 8 2 2-1.6 5-2 8-2V5c-3 0-6 .4-8 2zM12 7v13',
  megaphone: 'M4 10v4h3l9 5V5l-9 5zM8 14v5h3v-3.5M19 9.5a4 4 0 0 1 0 5',
  wrench: 'M20 7a5 5 0 0 1-6.8 5L7 18.5A2.1 2.1 0 0 1 4 15.5L10.5 9A5 5 0 0 1 16.5 3.5L14 6.5l3 3z',
  heart: 'M12 20C6 15.5 3.5 12.5 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 3.5-2.5 6.5-8.5 11z',
  pin: 'M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21zM12 7.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  // actions and signs
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7',
  locate: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 2v4M12 18v4M2 12h4M18 12h4M12 11.9v.2',
  sliders: 'M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2',
  door: 'M6 21V3h12v18M3 21h18M14.5 12v.5',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M17 6l3 3M14 9l2 2',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.4v.1',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.9v.1',
  settings:
    'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1',
  refresh: 'M19.5 12A7.5 7.5 0 1 1 17 6.4M17.5 3v4h-4',
  offline: 'M3 3l18 18M8 8.2A5 5 0 0 0 5 17.5h12M19.5 16.5a4 4 0 0 0-2.5-6.8A6 6 0 0 0 11 6.1',
} as const;

export type IconName = keyof typeof iconPaths;
/** A sign of the first screen by its name, or any sign by its path (`laterIcons.phone`). */
export type Sign = IconName | `M${string}`;
