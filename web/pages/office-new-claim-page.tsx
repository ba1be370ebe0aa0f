import type { Me } from '../client/accounts.ts';
import { insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { officeClaims as en } from '../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../client/messages/zh/office-claims.ts';
import { useTexts } from '../client/texts.ts';
import { CounterForm } from '../features/insurance/office/counter-form.tsx';
import { navigate } from '../ui/location.ts';
import { showToast } from '../ui/notices.tsx';
import { OfficeLayout } from './office-layout.tsx';
import { useOffices } from './use-offices.ts';

/** `/office/claims/new`: somebody at the counter reports an accident. */
export function OfficeNewClaimPage() {
  const { counter: m } = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="claim.receive">
      {(me) => <Counter me={me} />}
    </OfficeLayout>
  );
}

function Counter({ me }: { me: Me }) {
  const { counter: m } = useTexts({ zh, en });
  const offices = useOffices();
  return (
    <CounterForm
      offices={offices}
      areas={areasOf(me)}
      onReported={({ id, number }) => {
        showToast({ text: m.done(number) });
        navigate(insuranceOfficePaths.claim(id), { replace: true });
      }}
    />
  );
}

/** The streets and districts of somebody's roles; null: whoever receives for the whole city. */
function areasOf({ memberships }: Me): string[] | null {
  if (memberships.some(({ role }) => role === 'coordinator')) return null;
  return memberships.flatMap(({ jurisdictionCode }) => jurisdictionCode ?? []);
}
