import { useState } from 'react';
import type { ClaimReconciliation } from '#domain/insurance/ledger-contract.ts';
import { shanghaiDay } from '#domain/time/shanghai.ts';
import type { Me } from '../client/accounts.ts';
import { policyTerms } from '../client/enrolments.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { useKept } from '../client/kept-resource.ts';
import { office as officeEn } from '../client/messages/en/office.ts';
import { officeInsurer as en } from '../client/messages/en/office-insurer.ts';
import { office as officeZh } from '../client/messages/zh/office.ts';
import { officeInsurer as zh } from '../client/messages/zh/office-insurer.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { ClaimsCheck } from '../features/insurance/office/claims-check.tsx';
import styles from '../features/insurance/office/desk.module.css';
import { InsurerDays } from '../features/insurance/office/insurer-days.tsx';
import { PassedClaims } from '../features/insurance/office/passed-claims.tsx';
import { PaymentsForm } from '../features/insurance/office/payments-form.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { navigate, useSearch } from '../ui/location.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { OfficeLayout } from './office-layout.tsx';

/** `/office/insurer?insurer=`: an insurer's closed days and claims; an insurer sees its own. */
export function OfficeInsurerPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="ledger.view">
      {(me) => <ChooseInsurer me={me} />}
    </OfficeLayout>
  );
}

function ChooseInsurer({ me }: { me: Me }) {
  const { loading } = useTexts({ zh: officeZh, en: officeEn });
  const said = new URLSearchParams(useSearch()).get('insurer');
  const terms = useKept(policyTerms);
  const own = me.memberships.find(({ role }) => role === 'insurer')?.organisationId ?? null;
  const insurerId = own ?? said ?? (terms.status === 'ready' ? terms.data.insurerId : null);
  return (
    <>
      {own === null && insurerId !== null && <OtherInsurer key={insurerId} insurerId={insurerId} />}
      {insurerId === null ? (
        <Skeleton rows={4} label={loading} />
      ) : (
        <Desk key={insurerId} insurerId={insurerId} actions={me.actions} />
      )}
    </>
  );
}

/** Who looks over the shoulder of every insurer names the one. */
function OtherInsurer({ insurerId }: { insurerId: string }) {
  const m = useTexts({ zh, en });
  const [typed, setTyped] = useState(insurerId);
  return (
    <form
      className={styles.fields}
      onSubmit={(event) => {
        event.preventDefault();
        const insurer = typed.trim();
        if (insurer) navigate(insuranceOfficePaths.insurer(`?${new URLSearchParams({ insurer })}`));
      }}
    >
      <TextField label={m.insurer} value={typed} onChange={(text) => setTyped(text.slice(0, 80))} />
      {typed.trim() !== insurerId && <Button type="submit">{m.show}</Button>}
    </form>
  );
}

function Desk({ insurerId, actions }: { insurerId: string; actions: Me['actions'] }) {
  const today = shanghaiDay(useMinute());
  return (
    <>
      {actions.includes('claim.view') && <Claims insurerId={insurerId} mayPay={actions.includes('claim.pay')} />}
      <InsurerDays insurerId={insurerId} today={today} />
    </>
  );
}

function Claims({ insurerId, mayPay }: { insurerId: string; mayPay: boolean }) {
  const check = useAsked<ClaimReconciliation>(insuranceOfficeApiPaths.reconciliation(insurerId));
  const [round, setRound] = useState(0);
  return (
    <>
      <ClaimsCheck asked={check} />
      <PassedClaims key={round} insurerId={insurerId} />
      {mayPay && (
        <PaymentsForm
          insurerId={insurerId}
          onTaken={() => {
            check.retry();
            setRound(round + 1);
          }}
        />
      )}
    </>
  );
}
