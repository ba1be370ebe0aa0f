import { officeImport as en } from '../../../../client/messages/en/office-import.ts';
import { officeImport as zh, type OfficeImportMessages } from '../../../../client/messages/zh/office-import.ts';
import { useTexts } from '../../../../client/texts.ts';

export function useImportTexts(): OfficeImportMessages {
  return useTexts({ zh, en });
}
