import { type IconName, iconPaths, type Sign } from './icon-paths.ts';

/** A sign beside a text, or inside something that has a label: it is hidden from screen readers. Size in em. */
export function Icon({ name, size = 1.25 }: { name: Sign; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={`${size}em`}
      height={`${size}em`}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={name in iconPaths ? iconPaths[name as IconName] : name} />
    </svg>
  );
}
