import { useState } from 'react';
import { useSession } from '../client/accounts.ts';
import { doorOf } from '../client/insurance-paths.ts';
import { enrol as en } from '../client/messages/en/enrol.ts';
import { enrol as zh } from '../client/messages/zh/enrol.ts';
import { useMessages } from '../client/messages.ts';
import { paths } from '../client/paths.ts';
import { useTexts } from '../client/texts.ts';
import { EnrolFlow } from '../features/insurance/enrol-flow.tsx';
import { useSearch } from '../ui/location.ts';
import { Page } from '../ui/page.tsx';
import { InlineSignIn } from './inline-sign-in.tsx';

/** `/enrol?site=&channel=`: covered for tomorrow in under a minute. `order`: one that waits for its payment. */
export function EnrolPage() {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const session = useSession();
  const search = useSearch();
  const [door] = useState(() => doorOf(search));
  const orderId = new URLSearchParams(search).get('order');
  return (
    <Page
      title={m.title}
      documentTitle={`${m.title} · ${shell.appName}`}
      back={{ href: door.siteId ? paths.site(door.siteId) : paths.me(), label: shell.back }}
    >
      <EnrolFlow key={orderId} door={door} orderId={orderId} session={session} signIn={<InlineSignIn />} />
    </Page>
  );
}
