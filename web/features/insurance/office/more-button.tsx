import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { Button } from '../../../ui/button.tsx';

/** Below a list of which there is more; nothing when there is not. */
export function MoreButton({
  more,
  busy,
  error,
  label,
}: {
  more: (() => void) | null;
  busy: boolean;
  error: unknown;
  label: string;
}) {
  const refusal = useInsuranceRefusals();
  return (
    <>
      {error !== null && <p role="alert">{refusal(error)}</p>}
      {more && (
        <div>
          <Button disabled={busy} aria-busy={busy} onClick={more}>
            {label}
          </Button>
        </div>
      )}
    </>
  );
}
