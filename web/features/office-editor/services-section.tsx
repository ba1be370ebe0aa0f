import { useState } from 'react';
import { type Service, SERVICES } from '#domain/places/catalogue.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { showToast } from '../../ui/notices.tsx';
import type { FormPart } from './form-context.ts';
import { FormSection } from './form-section.tsx';
import { ServiceFields } from './service-fields.tsx';
import styles from './site-editor.module.css';
import { addService, changeService, removeService } from './site-form.ts';
import { useEditorTexts } from './use-editor-texts.ts';

/** What there is: each service folded up to one line until it is worked on. */
export function ServicesSection({
  openServices,
  onOpenChange,
  ...form
}: FormPart & {
  openServices: ReadonlySet<Service>;
  onOpenChange: (service: Service, open: boolean) => void;
}) {
  const t = useEditorTexts();
  const { document, onChange, problemAt } = form;
  const missing = SERVICES.filter((service) => !document.services.some((one) => one.service === service));
  const [adding, setAdding] = useState<Service | ''>('');

  function remove(service: Service): void {
    const before = document.services;
    onChange({ services: removeService(document, service).services });
    showToast({
      text: t.services.removed(t.names.services[service]),
      action: { label: t.services.undo, run: () => onChange({ services: before }) },
    });
  }

  return (
    <FormSection name="services" title={t.sections.services}>
      {problemAt('services') && <p className={styles.warning}>{problemAt('services')}</p>}
      {document.services.map((service) => (
        <ServiceFields
          key={service.service}
          {...form}
          service={service}
          open={openServices.has(service.service)}
          onOpenChange={(open) => onOpenChange(service.service, open)}
          onServiceChange={(change) =>
            onChange({ services: changeService(document, service.service, change).services })
          }
          onRemove={() => remove(service.service)}
          onCopyHours={
            document.services.length > 1
              ? () => {
                  const { hours, season } = service;
                  onChange({ services: document.services.map((one) => ({ ...one, hours, season })) });
                  showToast({ text: t.services.copied(document.services.length - 1) });
                }
              : null
          }
        />
      ))}
      {missing.length > 0 && (
        <div className={styles.adding}>
          <SelectField
            label={t.services.addLabel}
            value={adding}
            onChange={(value) => setAdding(value as Service | '')}
          >
            <option value="">{t.position.crsChoose}</option>
            {missing.map((service) => (
              <option key={service} value={service}>
                {t.names.services[service]}
              </option>
            ))}
          </SelectField>
          <Button
            icon="plus"
            disabled={adding === ''}
            onClick={() => {
              if (adding === '') return;
              onChange({ services: addService(document, adding).services });
              onOpenChange(adding, true);
              setAdding('');
            }}
          >
            {t.services.add}
          </Button>
        </div>
      )}
    </FormSection>
  );
}
