import { useEffect, useState } from 'react';
import { resetPassword as en } from '../client/messages/en/reset-password.ts';
import { resetPassword as zh } from '../client/messages/zh/reset-password.ts';
import { useMessages } from '../client/messages.ts';
import { officePaths } from '../client/office-paths.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { ResetPasswordForm } from '../features/accounts/reset-password-form.tsx';
import styles from '../features/accounts/sign-in.module.css';
import { ButtonLink } from '../ui/button.tsx';
import { goInApp } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';

const TOKEN = /^#([\w-]{43})$/;

/** `/reset-password#…`: where a one-time link leads. */
export function OfficeResetPasswordPage() {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const [token] = useState(() => TOKEN.exec(window.location.hash)?.[1] ?? null);
  const [done, setDone] = useState(false);

  useEffect(function takeTokenOutOfHistory() {
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);

  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: shell.back }}
    >
      <div className={styles.page}>
        {done ? (
          <>
            <output>{m.done}</output>
            <ButtonLink variant="primary" href={officePaths.signIn(officePaths.workbench())} onClick={goInApp}>
              {m.toSignIn}
            </ButtonLink>
          </>
        ) : token ? (
          <ResetPasswordForm token={token} onDone={() => setDone(true)} />
        ) : (
          <p role="alert">{m.incomplete}</p>
        )}
      </div>
    </Page>
  );
}
