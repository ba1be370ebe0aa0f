import { useMemo } from 'react';
import { details as detailsEn } from '../../client/messages/en/details.ts';
import { officeEditor as en } from '../../client/messages/en/office-editor.ts';
import { details as detailsZh } from '../../client/messages/zh/details.ts';
import { officeEditor as zh, type OfficeEditorMessages } from '../../client/messages/zh/office-editor.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';

/** What the editor says, with the names that riders see for services, facilities and the like. */
export type EditorTexts = OfficeEditorMessages & {
  names: Pick<typeof detailsZh, 'services' | 'facilities'> & {
    access: Record<string, string>;
    reportKinds: Record<string, string>;
  };
};

export function useEditorTexts(): EditorTexts {
  const { access, reportKinds } = useMessages().places;
  const { services, facilities } = useTexts({ zh: detailsZh, en: detailsEn });
  const texts = useTexts({ zh, en });
  return useMemo(
    () => ({ ...texts, names: { services, facilities, access, reportKinds } }),
    [texts, services, facilities, access, reportKinds],
  );
}
