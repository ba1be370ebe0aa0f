import { useState } from 'react';
import { isStaff } from '#domain/accounts/roles.ts';
import { eraseMe, type Me, signOut } from '../../client/accounts.ts';
import { saveFile } from '../../client/ask.ts';
import { me as en } from '../../client/messages/en/me.ts';
import { roles as rolesEn } from '../../client/messages/en/roles.ts';
import { me as zh } from '../../client/messages/zh/me.ts';
import { roles as rolesZh } from '../../client/messages/zh/roles.ts';
import { officeApiPaths, officePaths } from '../../client/office-paths.ts';
import { paths } from '../../client/paths.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { goInApp, navigate } from '../../ui/location.ts';
import { showToast } from '../../ui/notices.tsx';
import { AskDialog } from './ask-dialog.tsx';
import styles from './me.module.css';
import { PasswordSection } from './password-section.tsx';
import { TotpSection } from './totp-section.tsx';

/** Who is signed in, in which roles, and the way to the office and out. */
export function WhoIAm({ me }: { me: Me }) {
  const m = useTexts({ zh, en });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  const refusal = useRefusals();
  const { person, memberships, actions } = me;

  async function onSignOut(): Promise<void> {
    try {
      await signOut();
      showToast({ text: m.signedOutDone });
      navigate(paths.map());
    } catch (error) {
      showToast({ text: refusal(error) });
    }
  }

  return (
    <section className={styles.section} aria-labelledby="who-i-am">
      <h2 id="who-i-am" className={styles.name}>
        {person.name || m.noName} {person.demo && <Badge tone="warning">{m.demo}</Badge>}
      </h2>
      <p className={styles.quiet}>
        {[
          person.username && `${m.username}: ${person.username}`,
          person.phoneMasked && `${m.phone}: ${person.phoneMasked}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className={styles.roles} aria-label={m.roles}>
        {memberships.length === 0 && <li>{m.noRoles}</li>}
        {memberships.map(({ role, organisation, organisationId, jurisdiction, jurisdictionCode }) => (
          <li key={`${role} ${organisationId} ${jurisdictionCode}`}>
            <Badge tone="accent">{roles[role]}</Badge> {organisation ?? jurisdiction ?? jurisdictionCode ?? ''}
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        {actions.includes('site.view') && (
          <ButtonLink variant="primary" icon="briefcase" href={officePaths.workbench()} onClick={goInApp}>
            {m.toOffice}
          </ButtonLink>
        )}
        <Button onClick={() => void onSignOut()}>{m.signOut}</Button>
      </div>
    </section>
  );
}

/** The authenticator and the password, for those who sign in by name. */
export function MyProtection({ me }: { me: Me }) {
  if (!me.memberships.some(({ role }) => isStaff(role))) return null;
  const { twoFactor, demo } = me.person;
  return (
    <>
      <TotpSection on={twoFactor} demo={demo} />
      <PasswordSection demo={demo} />
    </>
  );
}

/** Everything in one file, and the end. */
export function TakeOrErase() {
  const { mine: m, data } = useTexts({ zh, en });
  const refusal = useRefusals();
  const [exporting, setExporting] = useState(false);
  const [erasing, setErasing] = useState(false);

  async function onExport(): Promise<void> {
    setExporting(true);
    try {
      await saveFile(officeApiPaths.exportMe(), 'luyi-my-data.json');
      showToast({ text: m.exported });
    } catch (error) {
      showToast({ text: refusal(error) });
    } finally {
      setExporting(false);
    }
  }

  return (
    <section className={styles.section} aria-labelledby="take-or-erase">
      <h2 id="take-or-erase">{m.heading}</h2>
      <p className={styles.quiet}>{m.exportHint}</p>
      <div className={styles.actions}>
        <Button icon={laterIcons.paper} disabled={exporting} onClick={() => void onExport()}>
          {exporting ? m.exporting : m.export}
        </Button>
        <Button variant="quiet" className={styles.erase} onClick={() => setErasing(true)}>
          {m.erase}
        </Button>
      </div>
      <AskDialog
        open={erasing}
        onClose={() => setErasing(false)}
        title={m.eraseTitle}
        body={m.eraseBody}
        action={m.eraseNow}
        cancel={data.cancel}
        done={m.erased}
        typeThis={{ word: m.eraseWord, label: m.eraseType(m.eraseWord) }}
        run={async () => {
          await eraseMe();
          navigate(paths.map());
        }}
      />
    </section>
  );
}
