import { people as en } from '../client/messages/en/people.ts';
import { people as zh } from '../client/messages/zh/people.ts';
import { useTexts } from '../client/texts.ts';
import { PersonFinder } from '../features/accounts/person-finder.tsx';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-sites-page.module.css';

/** `/office/people`: finds a person by a whole number and shows one value for a reason. */
export function OfficePeoplePage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="person.reveal">
      {() => (
        <>
          <p className={styles.lead}>{m.lead}</p>
          <PersonFinder />
        </>
      )}
    </OfficeLayout>
  );
}
