import { useState } from 'react';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import type { ClaimAction } from '#domain/insurance/claim-lifecycle.ts';
import { officeClaims as en } from '../../../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../../../client/messages/zh/office-claims.ts';
import { useTexts } from '../../../client/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { showToast } from '../../../ui/notices.tsx';
import { ChangedNotice } from './changed-notice.tsx';
import styles from './desk.module.css';
import { type OfficeChoice, StepForm } from './step-form.tsx';

/** Papers are taken in where they are listed. */
const ELSEWHERE: readonly ClaimAction[] = ['supplement'];
/** The step that leads on to the money comes first and stands out. */
const ONWARD: readonly ClaimAction[] = ['report', 'receive', 'assess', 'approve', 'pay', 'reopen'];

/** What this person may do now, each with what it needs; and what somebody else did meanwhile. */
export function ClaimActions({
  claim,
  officeChoice,
  onChange,
}: {
  claim: ClaimView;
  officeChoice: OfficeChoice;
  onChange: (claim: ClaimView) => void;
}) {
  const { one: m, step, holders } = useTexts({ zh, en });
  const [chosen, setChosen] = useState<ClaimAction | null>(null);
  const [before, setBefore] = useState<ClaimView | null>(null);
  const actions = claim.actions.filter((action) => !ELSEWHERE.includes(action));
  const current = chosen && actions.includes(chosen) ? chosen : null;
  const ordered = [...actions].sort((a, b) => Number(ONWARD.includes(b)) - Number(ONWARD.includes(a)));
  return (
    <section className={styles.card} aria-labelledby="claim-now">
      <h2 id="claim-now">{m.now}</h2>
      {before && <ChangedNotice before={before} after={claim} onClose={() => setBefore(null)} />}
      {claim.state === 'assessed' && claim.approvalsMissing > 0 && (
        <p>
          <strong>{m.approvals(claim.approvalsMissing)}</strong> {claim.approvalsMissing > 1 && m.secondApproval}
        </p>
      )}
      {actions.length === 0 && (
        <p className={styles.quiet}>
          {claim.waitsFor ? m.nothingToDo(holders[claim.waitsFor] ?? claim.waitsFor) : m.over}
        </p>
      )}
      {actions.length > 0 && (
        <fieldset className={classes(styles.bare, styles.row)}>
          <legend className="visually-hidden">{step.choose}</legend>
          {ordered.map((action) => (
            <Button
              key={action}
              variant={ONWARD.includes(action) && current === null ? 'primary' : 'plain'}
              aria-expanded={current === action}
              onClick={() => setChosen(current === action ? null : action)}
            >
              {step.names[action]}
            </Button>
          ))}
        </fieldset>
      )}
      {current && (
        <StepForm
          key={`${current} ${claim.version}`}
          action={current}
          claim={claim}
          officeChoice={officeChoice}
          onCancel={() => setChosen(null)}
          onDone={(next) => {
            showToast({ text: step.done(step.names[current]) });
            setChosen(null);
            setBefore(null);
            onChange(next);
          }}
          onChangedMeanwhile={(next) => {
            setChosen(null);
            setBefore(claim);
            onChange(next);
          }}
        />
      )}
    </section>
  );
}
