import { useState } from 'react';
import { ROLE_HOME } from '#domain/accounts/roles.ts';
import { endMembership, type MembershipPage, type MembershipView } from '../../client/accounts.ts';
import { ask } from '../../client/ask.ts';
import { memberships as en } from '../../client/messages/en/memberships.ts';
import { roles as rolesEn } from '../../client/messages/en/roles.ts';
import { memberships as zh } from '../../client/messages/zh/memberships.ts';
import { roles as rolesZh } from '../../client/messages/zh/roles.ts';
import { officeApiPaths } from '../../client/office-paths.ts';
import { useRefusals } from '../../client/refusals.ts';
import { useTexts } from '../../client/texts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { showToast } from '../../ui/notices.tsx';
import table from '../../ui/table.module.css';
import { AskDialog } from './ask-dialog.tsx';
import styles from './me.module.css';

/** Everybody's roles; `first` is the first page, later ones are fetched when wanted. */
export function MembershipList({
  first,
  mayEnd,
  onChanged,
}: {
  first: MembershipPage;
  mayEnd: boolean;
  onChanged: () => void;
}) {
  const m = useTexts({ zh, en });
  const roles = useTexts({ zh: rolesZh, en: rolesEn });
  const refusal = useRefusals();
  // Pages after another first one are no longer the ones that follow.
  const [pages, setPages] = useState<{ after: MembershipPage; page: MembershipPage } | null>(null);
  const later = pages?.after === first ? pages.page : null;
  const [ending, setEnding] = useState<MembershipView | null>(null);
  const [busy, setBusy] = useState(false);
  const all = [...first.memberships, ...(later?.memberships ?? [])];
  const next = later ? later.next : first.next;

  async function showMore(cursor: string): Promise<void> {
    setBusy(true);
    try {
      const page = await ask<MembershipPage>(officeApiPaths.memberships(cursor));
      setPages({
        after: first,
        page: { ...page, memberships: [...(later?.memberships ?? []), ...page.memberships] },
      });
    } catch (error) {
      showToast({ text: refusal(error) });
    } finally {
      setBusy(false);
    }
  }

  function homeWords({ role, organisation, organisationId, jurisdiction, jurisdictionCode }: MembershipView): string {
    const home = organisation ?? organisationId ?? jurisdiction ?? jurisdictionCode;
    if (home) return home;
    return role === 'rider' || ROLE_HOME[role] !== 'none' ? m.own : m.city;
  }

  if (all.length === 0) return <p>{m.empty}</p>;
  return (
    <>
      <div className={table.scroll}>
        <table className={classes(table.table, table.cards)}>
          <thead>
            <tr>
              <th scope="col">{m.person}</th>
              <th scope="col">{m.role}</th>
              <th scope="col">{m.home}</th>
              <th scope="col">
                <span className="visually-hidden">{m.end}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((membership) => (
              <tr key={membership.id}>
                <th scope="row">
                  {membership.name} {membership.username && <code className={styles.quiet}>{membership.username}</code>}
                </th>
                <td>{roles[membership.role]}</td>
                <td>{homeWords(membership)}</td>
                <td>
                  {membership.endedAt ? (
                    <Badge>{m.endedBadge}</Badge>
                  ) : (
                    mayEnd && (
                      <Button
                        aria-label={m.endFor(membership.name, roles[membership.role])}
                        onClick={() => setEnding(membership)}
                      >
                        {m.end}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next && (
        <div className={styles.actions}>
          <Button disabled={busy} onClick={() => void showMore(next)}>
            {m.more}
          </Button>
        </div>
      )}
      <AskDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={m.endTitle}
        body={ending ? m.endBody(ending.name, roles[ending.role], homeWords(ending)) : ''}
        action={m.endNow}
        cancel={m.cancel}
        done={m.ended}
        run={async () => {
          await endMembership(ending!.id);
          onChanged();
        }}
      />
    </>
  );
}
