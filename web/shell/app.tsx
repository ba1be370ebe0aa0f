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
const OfficeSitePage = later(async () => (await import('../pages/office-site-page.tsx')).OfficeSitePage);
const OfficeSiteHistoryPage = later(
  async () => (await import('../pages/office-site-history-page.tsx')).OfficeSiteHistoryPage,
);
const NotFoundPage = later(async () => (await import('./not-found-page.tsx')).NotFoundPage);

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
    case 'office-site':
      if (address.history && address.siteId !== null) return <OfficeSiteHistoryPage siteId={address.siteId} />;
      return <OfficeSitePage siteId={address.siteId} />;
    case 'not-found':
      return <NotFoundPage />;
  }
}
