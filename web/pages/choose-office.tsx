import type { Point } from '#domain/geo/point.ts';
import { ClaimOffice } from '../features/insurance/claim-office.tsx';
import { useOffices } from './use-offices.ts';

/** Which office shall receive a claim, with what the app knows of the city's places. */
export function ChooseOffice(props: {
  point: Point | null;
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  return <ClaimOffice offices={useOffices()} {...props} />;
}
