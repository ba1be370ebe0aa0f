import { Suspense } from 'react';
import { useMessages } from '../client/messages.ts';
import { pageAt } from '../client/paths.ts';
import { MapPage } from '../pages/map-page.tsx';
import { usePathname } from '../ui/location.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { later, afterFirstScreen } from '../ui/later.ts';

// The map page is in the first chunk, because it is where nearly everybody arrives; the others come when asked for.
const AccidentPage = later(async () => (await import('../pages/accident-page.tsx')).AccidentPage);
const OtherPage = later(async () => (await import('./other-page.tsx')).OtherPage);

const Notices = afterFirstScreen(async () => (await import('../ui/notices.tsx')).Notices);

export function App() {
  const { close } = useMessages().shell;
  return (
    <>
      <ErrorBoundary>
        <Suspense fallback={<PageLoading />}>
          <CurrentPage />
        </Suspense>
      </ErrorBoundary>
      <Suspense>
        <Notices closeLabel={close} />
      </Suspense>
    </>
  );
}

/** `/` and `/sites/:id` are one page, so that opening a place does not build the map again. */
function CurrentPage() {
  const address = pageAt(usePathname());
  if (address.page === 'map') return <MapPage siteId={address.siteId} />;
  return address.page === 'accident' ? <AccidentPage /> : <OtherPage />;
}
