import { useDeferredValue, useMemo } from 'react';
import type { Point } from '#domain/geo/point.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { laterIcons } from '../../ui/later-icons.ts';
import { checkPoint, suggestStreets } from './check-point.ts';
import type { FormPart } from './form-context.ts';
import styles from './site-editor.module.css';
import { useEditorTexts } from './use-editor-texts.ts';
import { metresWords } from './words.ts';

/** In words: in the sea, in another district, or on land; and which street the places nearby belong to. */
export function PointAdvice({
  point: latestPoint,
  siteId,
  document,
  onChange,
  ground,
}: FormPart & { point: Point; siteId: string | null }) {
  const t = useEditorTexts();
  const point = useDeferredValue(latestPoint);
  const { network, jurisdictions, features, names } = ground;
  const { districtCode, streetCode } = document;
  const check = useMemo(
    () => (network && jurisdictions ? checkPoint(point, districtCode, network, jurisdictions) : null),
    [point, districtCode, network, jurisdictions],
  );
  const streets = useMemo(
    () => (jurisdictions ? suggestStreets(point, features, jurisdictions, siteId) : []),
    [point, features, jurisdictions, siteId],
  );
  if (!check) return <p className={styles.quiet}>{t.position.dataMissing}</p>;
  const others = streets.filter((code) => code !== streetCode);

  return (
    <>
      <output className={check.what === 'fine' ? styles.good : styles.warning}>
        <Icon name={SIGNS[check.what]} />
        <span>{checkWords()}</span>
        {check.what === 'other_district' && check.found && (
          <Button onClick={() => onChange({ districtCode: check.found!.code, streetCode: null })}>
            {t.position.chooseDistrict(names.jurisdiction(check.found.code))}
          </Button>
        )}
      </output>
      {others.length > 0 && !streets.slice(0, 1).includes(streetCode ?? '') && (
        <p className={styles.inline}>
          <span className={styles.quiet}>{t.position.nearby}</span>
          {others.map((code) => (
            <Button key={code} onClick={() => onChange({ streetCode: code, districtCode: code.slice(0, 6) })}>
              {t.position.chooseStreet(names.jurisdiction(code))}
            </Button>
          ))}
        </p>
      )}
    </>
  );

  function checkWords(): string {
    switch (check!.what) {
      case 'at_sea':
        return t.position.sea(metresWords(check!.offshoreM, t));
      case 'outside_city':
        return t.position.outside(metresWords(check!.awayM, t));
      case 'other_district': {
        const found = check!.found ? names.jurisdiction(check!.found.code) : t.position.noDistrict;
        return t.position.otherDistrict(found, names.jurisdiction(check!.stated.code));
      }
      case 'fine':
        return t.position.fine(check!.districtCode ? names.jurisdiction(check!.districtCode) : t.fields.districtNone);
    }
  }
}

const SIGNS = { fine: 'check', at_sea: laterIcons.waves, outside_city: 'warning', other_district: 'warning' } as const;
