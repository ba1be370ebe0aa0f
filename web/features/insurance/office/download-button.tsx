import { useState } from 'react';
import { saveFile } from '../../../client/ask.ts';
import { useInsuranceRefusals } from '../../../client/insurance-refusals.ts';
import { Button } from '../../../ui/button.tsx';
import { laterIcons } from '../../../ui/later-icons.ts';
import { showToast } from '../../../ui/notices.tsx';

/** Fetches a file of the API and lets the browser save it; why it cannot is said in words. */
export function DownloadButton({
  path,
  name,
  label,
  what,
}: {
  path: string;
  name: string;
  label: string;
  /** Said before the label to who cannot see what stands around it. */
  what?: string;
}) {
  const refusal = useInsuranceRefusals();
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    try {
      await saveFile(path, name);
    } catch (error) {
      showToast({ text: refusal(error) });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button
      icon={laterIcons.paper}
      disabled={busy}
      aria-busy={busy}
      aria-label={what && `${what}: ${label}`}
      onClick={() => void save()}
    >
      {label}
    </Button>
  );
}
