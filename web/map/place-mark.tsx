import { iconPaths } from '../ui/icon-paths.ts';
import { categoryStyle, outlineColor, shapePaths, signPlace } from './category-style.ts';
import type { MapPlace } from './map-place.ts';

/**
 * The mark of a place as the map draws it, for lists beside the map. Open is filled, closed is hollow, not known is
 * hollow with a broken outline. Decoration: the text beside it says the same.
 */
export function PlaceMark({
  category,
  tone = 'open',
  size = 32,
}: Pick<MapPlace, 'category'> & {
  tone?: MapPlace['tone'];
  size?: number;
}) {
  const { shape, icon, color, ink } = categoryStyle(category);
  const sign = signPlace[shape];
  const filled = tone === 'open';
  return (
    <svg viewBox="-1 -1 34 34" width={size} height={size} aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d={shapePaths[shape]}
        fill={filled ? color : 'var(--surface)'}
        stroke={color}
        style={filled ? undefined : { stroke: outlineColor(color, 'var(--mark-lift)') }}
        strokeWidth={filled ? 1 : 2.5}
        strokeDasharray={tone === 'unknown' ? '4 3' : undefined}
      />
      <path
        d={iconPaths[icon]}
        transform={`translate(${16 - sign.size / 2} ${16 - sign.size / 2 + sign.down}) scale(${sign.size / 24})`}
        fill="none"
        stroke={filled ? ink : 'var(--text)'}
        strokeWidth={2.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
