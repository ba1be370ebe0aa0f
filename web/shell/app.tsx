import { Suspense } from 'react';
import { useMessages } from '../client/messages.ts';
import { pageAt } from '../client/paths.ts';
import { MapPage } from '../pages/map-page.tsx';
import { usePathname } from '../ui/location.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { PageLoading } from './page-loading.tsx';
import { later, afterFirstScreen } from '../ui/later.ts';

// The map page is in the first chunk, because it is where nearly everybody arrives; the others come when asked for.
const StreetsPage = later(async () => (await import('../pages/streets-page.tsx')).StreetsPage);
const AccidentPage = later(async () => (await import('../pages/accident-page.tsx')).AccidentPage);
const AboutPage = later(async () => (await import('../pages/about-page.tsx')).AboutPage);
const PosterPage = later(async () => (await import('../pages/poster-page.tsx')).PosterPage);
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
  switch (address.page) {
    case 'map':
      return <MapPage siteId={address.siteId} />;
    case 'poster':
      return <PosterPage siteId={address.siteId} />;
    case 'streets':
      return <StreetsPage />;
    case 'accident':
      return <AccidentPage />;
    case 'about':
      return <AboutPage />;
    case 'other':
      return <OtherPage />;
  }
}
