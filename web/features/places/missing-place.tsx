import { useEffect, useState } from 'react';
import { fetchSite, type SiteAnswer } from '../../client/fetch-site.ts';
import { paths } from '../../client/paths.ts';
import { sites } from '../../client/sites.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { goInApp } from '../../ui/location.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './place-list.module.css';
import { useDetails } from './use-details.ts';

/** A place that the phone's data does not have: gone (and what replaced it), unknown, new, or out of reach offline. */
export function MissingPlace({ id, nameOf }: { id: string; nameOf: (id: string) => string | undefined }) {
  const m = useDetails();
  const [answer, setAnswer] = useState<SiteAnswer | null>(null);

  useEffect(
    function askServer() {
      let current = true;
      const ask = async () => {
        const found = await fetchSite(id);
        if (!current) return;
        setAnswer(found);
        // It is newer than our data: with the next delta it is on the list, the map and here.
        if (found.status === 'found') void sites.refresh();
      };
      void ask();
      return () => {
        current = false;
      };
    },
    [id],
  );

  if (!answer || answer.status === 'found') return <Skeleton rows={3} label={m.place.loading} />;
  return (
    <div className={styles.empty} role="alert">
      {answer.status === 'gone' && (
        <>
          <h3>{m.place.gone}</h3>
          {answer.replacedBy ? (
            <p>
              {m.place.goneReplaced}{' '}
              <a href={paths.site(answer.replacedBy)} onClick={goInApp}>
                {nameOf(answer.replacedBy) ?? answer.replacedBy}
              </a>
            </p>
          ) : (
            <p>{m.place.goneNothing}</p>
          )}
        </>
      )}
      {answer.status === 'not-found' && (
        <>
          <h3>{m.place.notFound}</h3>
          <p>{m.place.notFoundHint}</p>
        </>
      )}
      {answer.status === 'unreachable' && <p>{m.place.offlineUnknown}</p>}
      <ButtonLink icon="list" href={paths.streets()} onClick={goInApp}>
        {m.list.byStreet}
      </ButtonLink>
    </div>
  );
}
