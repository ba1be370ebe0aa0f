/** Drawings as in icon-paths.ts that only cards, panels and other pages show: they come with those. */
export const laterIcons = {
  question: 'M8.5 9a3.5 3.5 0 1 1 5.5 3c-1.3.9-2 1.6-2 3M12 18.5v.1',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  phone: 'M6 4h3l1.5 5-2 1.5a11 11 0 0 0 5 5l1.5-2 5 1.5v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2z',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0',
  eye: 'M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  paper: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  navigate: 'M20.5 3.5L3.5 10.5l7 3 3 7z',
  share: 'M12 15V3.5M7.5 7.5L12 3l4.5 4.5M5 12v8h14v-8',
  walk: 'M13 4.5v.1M9 12l1.5-4 3 1 2 3 3 1M12 9l-1 5 3 3v4M11 14l-1 3-3 4',
  ebike:
    'M6 14a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM18 14a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM6 17.5h7l4-6-2-6h-3M18 17.5l-1-6M5 12h5',
  car: 'M4 17v-5l2.5-6h11l2.5 6v5M3 12.5h18M4 17h16M6 17v2.5M18 17v2.5M7.5 14.8v.1M16.5 14.8v.1',
  printer: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  external: 'M10 5H5v14h14v-5M13.5 4H20v6.5M20 4l-9 9',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  map: 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  umbrella:
    'M12 3v1.5M3 13a9 9 0 0 1 18 0c-1.5-1.5-4.5-1.5-6 0-1.5-1.5-4.5-1.5-6 0-1.5-1.5-4.5-1.5-6 0zM12 13v6a2 2 0 0 0 4 0',
  book: 'M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2zM5 18a2 2 0 0 1 2-2h12M9 8h6M9 11.5h4',
  waves: 'M3 9c3-2.5 6 2.5 9 0s6 2.5 9 0M3 15c3-2.5 6 2.5 9 0s6 2.5 9 0',
} as const;
