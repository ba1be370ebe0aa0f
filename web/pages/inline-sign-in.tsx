import { refreshSession, type SignInOptions } from '../client/accounts.ts';
import { officeApiPaths } from '../client/office-paths.ts';
import { useAsked } from '../client/use-asked.ts';
import { RiderSignIn } from '../features/accounts/rider-sign-in.tsx';

/** Signing in by phone in the middle of something else, which stays as it is. */
export function InlineSignIn() {
  const asked = useAsked<SignInOptions>(officeApiPaths.signInOptions());
  const demo = asked.status === 'ready' && asked.data.demoAccounts.length > 0;
  return <RiderSignIn codesInTerminal={demo} onDone={() => void refreshSession()} />;
}
