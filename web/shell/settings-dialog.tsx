import { settings as en } from '../client/messages/en/settings.ts';
import { settings as zh } from '../client/messages/zh/settings.ts';
import { useMessages } from '../client/messages.ts';
import { setPreferences, usePreferences } from '../client/preferences.ts';
import { useTexts } from '../client/texts.ts';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { laterIcons } from '../ui/later-icons.ts';

/** Appearance, text size and language of this device; a choice holds at once, there is nothing to save. */
export function SettingsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { close } = useMessages().shell;
  const settings = useTexts({ zh, en });
  const preferences = usePreferences();
  return (
    <Dialog open={open} onClose={onClose} title={settings.title} closeLabel={close}>
      <ChoiceGroup
        legend={settings.theme}
        value={preferences.theme}
        onChange={(theme) => setPreferences({ theme })}
        options={[
          { value: 'system', label: settings.themeSystem },
          { value: 'light', label: settings.themeLight },
          { value: 'dark', label: settings.themeDark, icon: laterIcons.moon },
        ]}
      />
      <ChoiceGroup
        legend={settings.textSize}
        value={preferences.textSize}
        onChange={(textSize) => setPreferences({ textSize })}
        options={[
          { value: 'normal', label: settings.textNormal },
          { value: 'large', label: settings.textLarge },
        ]}
      />
      <ChoiceGroup
        legend={settings.language}
        value={preferences.language ?? 'system'}
        onChange={(language) => setPreferences({ language: language === 'system' ? null : language })}
        options={[
          { value: 'system', label: settings.languageSystem },
          { value: 'zh', label: settings.chinese },
          { value: 'en', label: settings.english },
        ]}
      />
    </Dialog>
  );
}
