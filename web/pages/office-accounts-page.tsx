import { useState } from 'react';
import type { Me, MembershipPage } from '../client/accounts.ts';
import { memberships as en } from '../client/messages/en/memberships.ts';
import { memberships as zh } from '../client/messages/zh/memberships.ts';
import type { Organisations } from '../client/office.ts';
import { officeApiPaths } from '../client/office-paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { GrantForm } from '../features/accounts/grant-form.tsx';
import { NewStaffForm } from '../features/accounts/new-staff-form.tsx';
import { ResetLinkForm } from '../features/accounts/reset-link-form.tsx';
import { MembershipList } from '../features/accounts/membership-list.tsx';
import { AreaOptions } from '../features/places/office/area-options.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { OfficeLayout } from './office-layout.tsx';
import styles from './office-sites-page.module.css';

/** `/office/accounts`: who holds which role where; administrators give and end them. */
export function OfficeAccountsPage() {
  const m = useTexts({ zh, en });
  return (
    <OfficeLayout title={m.title} action="membership.view">
      {(me) => <Memberships me={me} />}
    </OfficeLayout>
  );
}

function Memberships({ me }: { me: Me }) {
  const m = useTexts({ zh, en });
  const mayGrant = me.actions.includes('membership.grant');
  const asked = useAsked<MembershipPage>(officeApiPaths.memberships());
  return (
    <>
      <p className={styles.lead}>{m.lead}</p>
      {mayGrant && <Grant onGranted={asked.retry} />}
      {me.actions.includes('person.reset') && <ResetLinkForm />}
      <WhenAsked asked={asked}>
        {(page) => <MembershipList first={page} mayEnd={mayGrant} onChanged={asked.retry} />}
      </WhenAsked>
    </>
  );
}

function Grant({ onGranted }: { onGranted: () => void }) {
  const asked = useAsked<Organisations>(officeApiPaths.organisations());
  const organisations = asked.status === 'ready' ? asked.data.organisations : [];
  const [made, setMade] = useState('');
  return (
    <>
      <GrantForm
        key={made}
        initialUsername={made}
        organisations={organisations}
        areas={<AreaOptions districts />}
        onGranted={onGranted}
      />
      <NewStaffForm onCreated={setMade} />
    </>
  );
}
