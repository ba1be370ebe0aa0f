import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { StreetDirectory } from '../features/places/street-directory.tsx';
import { useDetails } from '../features/places/use-details.ts';
import { Page } from '../ui/page.tsx';

/** Every place without a map, a position or a permission. */
export function StreetsPage() {
  const { shell } = useMessages();
  const m = useDetails();
  return (
    <Page
      title={m.streets.title}
      documentTitle={`${m.streets.title} · ${shell.appName}`}
      back={{ href: paths.map(), label: m.list.toMap }}
    >
      <StreetDirectory />
    </Page>
  );
}
