import { useMemo } from 'react';
import { details as en } from '../../client/messages/en/details.ts';
import { type DetailsMessages, details as zh } from '../../client/messages/zh/details.ts';
import type { PlacesMessages } from '../../client/messages/zh/places.ts';
import { useMessages } from '../../client/messages.ts';
import { useTexts } from '../../client/texts.ts';

export type CardMessages = PlacesMessages & DetailsMessages;

/** The texts of the first screen together with those that come after it: for cards, panels and the list by street. */
export function useDetails(): CardMessages {
  const { places } = useMessages();
  const details = useTexts({ zh, en });
  return useMemo(() => ({ ...places, ...details }), [places, details]);
}
