import { useState } from 'react';
import type { PersonalField } from '#domain/accounts/personal-data.ts';
import type { FoundPerson } from '../../client/accounts.ts';
import { me as meEn } from '../../client/messages/en/me.ts';
import { people as en } from '../../client/messages/en/people.ts';
import { me as meZh } from '../../client/messages/zh/me.ts';
import { people as zh } from '../../client/messages/zh/people.ts';
import { useTexts } from '../../client/texts.ts';
import { Button } from '../../ui/button.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import styles from './person-finder.module.css';
import { useRevealed } from './use-revealed.ts';

/** What is kept of one person, masked; one value at a time is shown in the clear, for a minute. */
export function FoundPersonCard({ person }: { person: FoundPerson }) {
  const m = useTexts({ zh, en });
  const { data } = useTexts({ zh: meZh, en: meEn });
  const [asking, setAsking] = useState<PersonalField | null>(null);
  const { shown, secondsLeft, show, hide } = useRevealed();
  const { name, username, phoneMasked, fields } = person;
  return (
    <article className={styles.person} aria-label={name}>
      <h2>{name}</h2>
      <p className={styles.quiet}>
        {[username && m.account(username), phoneMasked && m.signsInBy(phoneMasked)].filter(Boolean).join(' · ')}
      </p>
      {fields.length === 0 && <p>{m.nothingKept}</p>}
      <dl className={styles.fields}>
        {fields.map(({ field, masked }) => {
          const isShown = shown?.field === field;
          return (
            <div key={field}>
              <dt>{data.fields[field]}</dt>
              <dd>
                <span className={isShown ? styles.clear : undefined}>{isShown ? shown.value : masked}</span>
                {isShown && <span className={styles.quiet}>{m.secondsLeft(secondsLeft)}</span>}
              </dd>
              <Button
                aria-label={isShown ? m.hide : m.revealFor(data.fields[field])}
                onClick={() => (isShown ? hide() : setAsking(field))}
              >
                {isShown ? m.hide : m.reveal}
              </Button>
            </div>
          );
        })}
      </dl>
      <RevealDialog
        key={asking}
        personId={person.id}
        field={asking}
        onClose={() => setAsking(null)}
        onRevealed={(value) => {
          if (asking) show({ field: asking, value });
        }}
      />
    </article>
  );
}
