import { city } from '../client/city.ts';
import { useKept } from '../client/kept-resource.ts';
import { about as en } from '../client/messages/en/about.ts';
import { about as zh } from '../client/messages/zh/about.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { sites } from '../client/sites.ts';
import { timestampWords } from '../features/places/words.ts';
import { useMinute } from '../features/places/use-minute.ts';
import { SettingsButton } from '../shell/settings-button.tsx';
import { Page } from '../ui/page.tsx';
import styles from './about-page.module.css';

/** What the app is, what it keeps to itself, how sure its facts are, and what it does not do. */
export function AboutPage() {
  const { places, shell } = useMessages();
  const m = useTexts({ zh, en });
  const nowMs = useMinute();
  const keptSites = useKept(sites);
  const keptCity = useKept(city);
  const baseMap = keptCity.status === 'ready' ? keptCity.data.baseMap : null;
  const demo = keptCity.status === 'ready' && keptCity.data.demo;
  return (
    <Page title={places.nav.about} back={{ href: paths.map(), label: places.list.toMap }} actions={<SettingsButton />}>
      <section className={styles.section}>
        <h2>{m.what}</h2>
        <p>{m.whatText}</p>
      </section>
      <section className={styles.section}>
        <h2>{m.privacy}</h2>
        <p>{m.privacyText}</p>
      </section>
      <section className={styles.section}>
        <h2>{m.data}</h2>
        <p>{m.dataText}</p>
        <p>{m.dataRough}</p>
        <p>{m.dataReach}</p>
        <p className={styles.quiet}>
          {keptSites.status === 'ready'
            ? m.freshness(timestampWords(keptSites.asOfMs, nowMs, places), keptSites.data.features.length)
            : m.noData}
        </p>
      </section>
      <section className={styles.section}>
        <h2>{m.demo}</h2>
        <p>{demo || keptCity.status !== 'ready' ? m.demoText : m.demoOff}</p>
      </section>
      <section className={styles.section}>
        <h2>{m.limits}</h2>
        <p>{m.limitsText}</p>
      </section>
      <section className={styles.section}>
        <h2>{m.map}</h2>
        {baseMap && baseMap.kind !== 'none' && (
          <p>
            {m.mapAttribution}: {textOf(baseMap.attribution)}
          </p>
        )}
        {baseMap && <p>{baseMap.reviewNumber ? m.mapReview(baseMap.reviewNumber) : m.mapNoReview}</p>}
        <p>{m.land}</p>
      </section>
      <section className={styles.section}>
        <h2>{m.keyboard}</h2>
        <dl className={styles.keys}>
          {m.keys.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={styles.section}>
        <h2>{m.licences}</h2>
        <p>{m.licencesText}</p>
      </section>
      <p className={styles.quiet}>{shell.tagline}</p>
    </Page>
  );
}

/** An attribution may be HTML for the map's corner; here it is plain text. */
function textOf(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '';
}
