import { insurancePaths } from '../client/insurance-paths.ts';
import { accident as en } from '../client/messages/en/accident.ts';
import { doors as doorsEn } from '../client/messages/en/doors.ts';
import { accident as zh } from '../client/messages/zh/accident.ts';
import { doors as doorsZh } from '../client/messages/zh/doors.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Sign } from '../ui/icon-paths.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';
import styles from './accident-page.module.css';

const EMERGENCY = ['120', '122', '110'] as const;
/** 12333 and 12348 are found in public sources; the other two are general knowledge, and the page says so. */
const HOTLINES = [
  { number: '12333', verified: true },
  { number: '12348', verified: true },
  { number: '12345', verified: false },
  { number: '12351', verified: false },
] as const;

/** What a rider needs right after an accident: whom to call, what to keep, whom to ask. All of it works offline. */
export function AccidentPage() {
  const { places, shell } = useMessages();
  const m = useTexts({ zh, en });
  const { accident: door } = useTexts({ zh: doorsZh, en: doorsEn });
  const keep: [Sign, string, string][] = [
    ['mobile', m.keepPhoto, m.keepPhotoText],
    ['pin', m.keepPlace, m.keepPlaceText],
    ['clock', m.keepTime, m.keepTimeText],
    [laterIcons.person, m.keepWitness, m.keepWitnessText],
    [laterIcons.paper, m.keepPapers, m.keepPapersText],
  ];
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: places.list.toMap }}
    >
      <section className={styles.section}>
        <h2>{m.first}</h2>
        <ul className={styles.emergency}>
          {EMERGENCY.map((number) => (
            <li key={number}>
              <a href={`tel:${number}`} className={styles.call} aria-label={m.callLabel(m.call[number], number)}>
                <Icon name={laterIcons.phone} />
                <strong>{number}</strong>
                <span>{m.call[number]}</span>
              </a>
            </li>
          ))}
        </ul>
        <ol className={styles.steps}>
          <li>{m.step1}</li>
          <li>{m.step2}</li>
          <li>{m.step3}</li>
        </ol>
      </section>
      <section className={styles.section}>
        <h2>{m.keep}</h2>
        <ul className={styles.keep}>
          {keep.map(([icon, what, text]) => (
            <li key={what}>
              <Icon name={icon} />
              <span>
                <strong>{what}</strong>
                <span>{text}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section}>
        <h2>{door.heading}</h2>
        <p>{door.text}</p>
        <ButtonLink
          variant="primary"
          icon={laterIcons.paper}
          wide
          href={insurancePaths.newClaim({ channel: 'me' })}
          onClick={goInApp}
        >
          {door.start}
        </ButtonLink>
      </section>
      <section className={styles.section}>
        <h2>{m.askNext}</h2>
        <ul className={styles.hotlines}>
          {HOTLINES.map(({ number, verified }) => (
            <li key={number}>
              <ButtonLink
                icon={laterIcons.phone}
                href={`tel:${number}`}
                wide
                className={styles.hotline}
                aria-label={m.callLabel(m.hotlines[number], number)}
              >
                <span>
                  <strong>{number}</strong> {m.hotlines[number]}
                  {!verified && <small> ({m.unverified})</small>}
                </span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section}>
        <h2>{m.offices}</h2>
        <p>{m.officesHint}</p>
        <ButtonLink variant="primary" icon="shield" href={`${paths.map()}?s=insurance_office`} onClick={goInApp}>
          {m.officesLink}
        </ButtonLink>
        <ButtonLink icon="list" href={`${paths.streets()}?s=insurance_office`} onClick={goInApp}>
          {m.officesStreetLink}
        </ButtonLink>
      </section>
      <p className={styles.small}>
        {m.advice} {m.offline}
      </p>
    </Page>
  );
}
