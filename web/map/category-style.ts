import type { Service } from '#domain/places/catalogue.ts';
import type { IconName } from '../ui/icon-paths.ts';

export type MarkShape = 'circle' | 'square' | 'diamond' | 'drop' | 'shield' | 'hexagon' | 'pentagon';

/** How a kind of service looks on map and list: told apart by shape and sign as well as by colour. */
export type CategoryStyle = {
  shape: MarkShape;
  icon: IconName;
  /** Okabe-Ito fill, and the ink that is readable on it. Categories keep their colour in the dark. */
  color: string;
  ink: string;
};

const WHITE = '#ffffff';
const BLACK = '#10181e';

const STYLES: Record<Service, CategoryStyle> = {
  rest: { shape: 'circle', icon: 'armchair', color: '#00805d', ink: WHITE },
  free_meal: { shape: 'square', icon: 'bowl', color: '#e69f00', ink: BLACK },
  water: { shape: 'drop', icon: 'drop', color: '#0072b2', ink: WHITE },
  insurance_office: { shape: 'shield', icon: 'shield', color: '#cc79a7', ink: BLACK },
  mediation: { shape: 'diamond', icon: 'scales', color: '#c24e00', ink: WHITE },
  legal_aid: { shape: 'diamond', icon: 'gavel', color: '#c24e00', ink: WHITE },
  union_desk: { shape: 'hexagon', icon: 'flag', color: '#56b4e9', ink: BLACK },
  government_desk: { shape: 'hexagon', icon: 'building', color: '#56b4e9', ink: BLACK },
  platform_desk: { shape: 'hexagon', icon: 'mobile', color: '#56b4e9', ink: BLACK },
  driver_home: { shape: 'circle', icon: 'wheel', color: '#f0e442', ink: BLACK },
  employment: { shape: 'pentagon', icon: 'briefcase', color: '#5b6770', ink: WHITE },
  social_insurance: { shape: 'pentagon', icon: 'card', color: '#5b6770', ink: WHITE },
  education: { shape: 'pentagon', icon: 'book', color: '#5b6770', ink: WHITE },
  recruitment: { shape: 'pentagon', icon: 'megaphone', color: '#5b6770', ink: WHITE },
  skills: { shape: 'pentagon', icon: 'wrench', color: '#5b6770', ink: WHITE },
  counselling: { shape: 'pentagon', icon: 'heart', color: '#5b6770', ink: WHITE },
};

const OTHER: CategoryStyle = { shape: 'circle', icon: 'pin', color: '#5b6770', ink: WHITE };

/** A category this version does not know (a newer server) still gets a mark. */
export function categoryStyle(category: string): CategoryStyle {
  return (STYLES as Partial<Record<string, CategoryStyle>>)[category] ?? OTHER;
}

/** The outline of a hollow mark: lifted towards white in the dark (`lift` is the token --mark-lift). */
export function outlineColor(color: string, lift: string): string {
  return `color-mix(in srgb, ${color}, white ${lift})`;
}

/** Outlines on a 32 × 32 grid, shared by the list (SVG) and the map (canvas). */
export const shapePaths: Record<MarkShape, string> = {
  circle: 'M16 2a14 14 0 1 1 0 28a14 14 0 1 1 0-28z',
  square: 'M8 3h16a5 5 0 0 1 5 5v16a5 5 0 0 1-5 5H8a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z',
  diamond: 'M13.9 1.9a3 3 0 0 1 4.2 0l12 12a3 3 0 0 1 0 4.2l-12 12a3 3 0 0 1-4.2 0l-12-12a3 3 0 0 1 0-4.2z',
  drop: 'M16 .5c6 6.5 12 11.5 12 18a12 12 0 0 1-24 0c0-6.5 6-11.5 12-18z',
  shield: 'M16 1l13 4v11c0 7.5-5 12.5-13 15.5C8 28.5 3 23.5 3 16V5z',
  hexagon: 'M9.5 3h13l7 13-7 13h-13l-7-13z',
  pentagon: 'M16 1.5l14.5 10.5-5.5 17.5H7L1.5 12z',
};

/** How large the sign is drawn inside each outline (of 32), and how far it is moved down from the middle. */
export const signPlace: Record<MarkShape, { size: number; down: number }> = {
  circle: { size: 17, down: 0 },
  square: { size: 18, down: 0 },
  diamond: { size: 15, down: 0 },
  drop: { size: 14, down: 2.5 },
  shield: { size: 17, down: -0.5 },
  hexagon: { size: 16, down: 0 },
  pentagon: { size: 15, down: 1.5 },
};
