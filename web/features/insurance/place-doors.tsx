import { type Door, insurancePaths } from '../../client/insurance-paths.ts';
import { doors as en } from '../../client/messages/en/doors.ts';
import { doors as zh } from '../../client/messages/zh/doors.ts';
import { useTexts } from '../../client/texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { goInApp } from '../../ui/location.ts';
import styles from './place-doors.module.css';

/** 参保 and 理赔, each carrying along where somebody came in, each saying what happens next. */
export function PlaceDoors({
  door,
  onSheet = false,
}: {
  door: Door;
  /** It stands by itself, without a heading. */ onSheet?: boolean;
}) {
  const m = useTexts({ zh, en });
  const links = (
    <div className={styles.doors}>
      <a href={insurancePaths.enrol(door)} className={styles.door} onClick={goInApp}>
        <strong>
          <Icon name="shield" />
          {m.enrol}
        </strong>
        <span>{m.enrolNext}</span>
      </a>
      <a href={insurancePaths.newClaim(door)} className={styles.door} onClick={goInApp}>
        <strong>
          <Icon name={laterIcons.paper} />
          {m.claim}
        </strong>
        <span>{m.claimNext}</span>
      </a>
    </div>
  );
  if (!onSheet) return links;
  return (
    <section aria-label={m.heading} className={styles.padded}>
      {links}
    </section>
  );
}
