import { Suspense, useState } from 'react';
import { useMessages } from '../client/messages.ts';
import { IconButton } from '../ui/button.tsx';
import { later } from '../ui/later.ts';

const SettingsDialog = later(async () => (await import('./settings-dialog.tsx')).SettingsDialog);

/** The door to the settings, for the map page and the bars of the other pages. The dialog comes when first wanted. */
export function SettingsButton({ floating }: { floating?: boolean }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const { settings } = useMessages().shell;
  return (
    <>
      <IconButton
        icon="settings"
        label={settings}
        floating={floating}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      />
      {wanted && (
        <Suspense fallback={null}>
          <SettingsDialog open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
