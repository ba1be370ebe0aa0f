import { type ReactNode, useId } from 'react';
import styles from './site-editor.module.css';

/** One part of the form. Its heading takes the focus when somebody is led there. */
export function FormSection({
  name,
  title,
  quiet,
  children,
}: {
  name: string;
  title: string;
  quiet?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} data-section={name} className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {quiet}
      </div>
      {children}
    </section>
  );
}

/** Brings a part of the form into view and the focus to its heading. */
export function goToSection(name: string, within: string | null = null): void {
  const section = document.querySelector(`[data-section="${name}"]`);
  const part = (within && section?.querySelector(`[data-part="${within}"]`)) || section;
  const heading = part?.querySelector<HTMLElement>('h2, h3, legend');
  const motion = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  part?.scrollIntoView({ block: 'start', behavior: motion });
  heading?.setAttribute('tabindex', '-1');
  heading?.focus({ preventScroll: true });
}
