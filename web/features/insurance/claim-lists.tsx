import { BENEFIT_KINDS, type BenefitKind } from '#domain/insurance/policy-terms.ts';
import type { ClaimDraft } from '../../client/claim-store.ts';
import { claimWords as wordsEn } from '../../client/messages/en/claim-words.ts';
import { claim as en } from '../../client/messages/en/claim.ts';
import { claimWords as wordsZh } from '../../client/messages/zh/claim-words.ts';
import { claim as zh } from '../../client/messages/zh/claim.ts';
import { readYuan } from '../../client/money.ts';
import { randomUuid } from '../../client/random-uuid.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import styles from './claim-form.module.css';

const MAX_WITNESSES = 10;
const MAX_LINES = 20;

type Part = { draft: ClaimDraft; onChange: (change: Partial<ClaimDraft>) => void };

export function ClaimWitnesses({ draft, onChange }: Part) {
  const { witnesses: m } = useTexts({ zh, en });
  const { witnesses } = draft;
  const set = (id: string, change: Partial<(typeof witnesses)[number]>) =>
    onChange({ witnesses: witnesses.map((witness) => (witness.id === id ? { ...witness, ...change } : witness)) });
  return (
    <div className={styles.part}>
      {witnesses.map(({ id, name, phone }, index) => (
        <fieldset key={id} className={styles.item}>
          <legend>{m.of(index + 1)}</legend>
          <TextField label={m.name} value={name} onChange={(text) => set(id, { name: text.slice(0, 60) })} />
          <TextField
            label={m.phone}
            type="tel"
            value={phone}
            onChange={(text) => set(id, { phone: text.slice(0, 30) })}
          />
          <Button
            variant="quiet"
            onClick={() => onChange({ witnesses: witnesses.filter((witness) => witness.id !== id) })}
          >
            {m.remove}
          </Button>
        </fieldset>
      ))}
      {witnesses.length < MAX_WITNESSES && (
        <Button
          icon="plus"
          onClick={() => onChange({ witnesses: [...witnesses, { id: randomUuid(), name: '', phone: '' }] })}
        >
          {m.add}
        </Button>
      )}
    </div>
  );
}

export function ClaimLines({ draft, onChange }: Part) {
  const { lines: m } = useTexts({ zh, en });
  const { kinds } = useTexts({ zh: wordsZh, en: wordsEn });
  const { lines } = draft;
  const set = (id: string, change: Partial<(typeof lines)[number]>) =>
    onChange({ lines: lines.map((line) => (line.id === id ? { ...line, ...change } : line)) });
  return (
    <div className={styles.part}>
      <p className={styles.quiet}>{m.hint}</p>
      {lines.map(({ id, kind, yuan, invoiceNumber }) => (
        <fieldset key={id} className={styles.item}>
          <legend className="visually-hidden">{kinds[kind]}</legend>
          <SelectField label={m.kind} value={kind} onChange={(value) => set(id, { kind: value as BenefitKind })}>
            {BENEFIT_KINDS.map((code) => (
              <option key={code} value={code}>
                {kinds[code]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={m.amount}
            inputMode="decimal"
            value={yuan}
            error={yuan.trim() !== '' && readYuan(yuan) === null ? m.wrong : undefined}
            onChange={(text) => set(id, { yuan: text })}
          />
          <TextField
            label={m.invoice}
            value={invoiceNumber}
            onChange={(text) => set(id, { invoiceNumber: text.slice(0, 60) })}
          />
          <Button variant="quiet" onClick={() => onChange({ lines: lines.filter((line) => line.id !== id) })}>
            {m.remove}
          </Button>
        </fieldset>
      ))}
      {lines.length < MAX_LINES && (
        <Button
          icon="plus"
          onClick={() =>
            onChange({ lines: [...lines, { id: randomUuid(), kind: 'medical', yuan: '', invoiceNumber: '' }] })
          }
        >
          {m.add}
        </Button>
      )}
    </div>
  );
}
