import { useEffect, useState } from 'react';
import { refreshSession, type SignInOptions, useSession } from '../client/accounts.ts';
import { signIn as en } from '../client/messages/en/sign-in.ts';
import { signIn as zh } from '../client/messages/zh/sign-in.ts';
import { useMessages } from '../client/messages.ts';
import { officeApiPaths, officePaths, safeReturn } from '../client/office-paths.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { RiderSignIn } from '../features/accounts/rider-sign-in.tsx';
import styles from '../features/accounts/sign-in.module.css';
import { StaffSignIn } from '../features/accounts/staff-sign-in.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { goInApp, navigate } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';

/** `/sign-in?to=…`: riders by a code, staff by name and password; then on to where one wanted to go. */
export function SignInPage() {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const session = useSession();
  const asked = useAsked<SignInOptions>(officeApiPaths.signInOptions());
  const options = asked.status === 'ready' ? asked.data : null;
  const [to] = useState(() => safeReturn(new URLSearchParams(window.location.search).get('to')));
  const [as, setAs] = useState<'rider' | 'staff'>(to?.startsWith(officePaths.workbench()) ? 'staff' : 'rider');
  const [done, setDone] = useState(false);
  const me = session.status === 'in' ? session.me : null;

  useEffect(
    function goOn() {
      if (!done || !me) return;
      const home = me.actions.some((action) => action === 'site.view' || action === 'claim.view')
        ? officePaths.workbench()
        : officePaths.me();
      navigate(to ?? home, { replace: true });
    },
    [done, me, to],
  );

  async function onDone(): Promise<void> {
    await refreshSession();
    setDone(true);
  }

  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: shell.back }}
    >
      <div className={styles.page}>
        {me && !done && (
          <p className={styles.told}>
            {m.signedInAs(me.person.name || me.person.username || me.person.phoneMasked || '')}
            <ButtonLink href={to ?? officePaths.me()} onClick={goInApp}>
              {m.goOn}
            </ButtonLink>
          </p>
        )}
        <p className={styles.quiet}>{m.notNeeded}</p>
        <ChoiceGroup
          legend={m.who}
          value={as}
          onChange={setAs}
          options={[
            { value: 'rider', label: m.rider },
            { value: 'staff', label: m.staff },
          ]}
        />
        {as === 'rider' ? (
          <RiderSignIn codesInTerminal={(options?.demoAccounts.length ?? 0) > 0} onDone={() => void onDone()} />
        ) : (
          <StaffSignIn options={options} onDone={() => void onDone()} />
        )}
      </div>
    </Page>
  );
}
