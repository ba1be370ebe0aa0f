import type { ComponentType } from 'react';
import { type OfficeAddress, officePageAt } from '../client/office-paths.ts';
import { later } from '../ui/later.ts';
import { usePathname } from '../ui/location.ts';
import { NotFoundPage } from './not-found-page.tsx';

type Page = OfficeAddress['page'];

/** Every page of its own; the addresses that have none yet are said not to exist. */
const PAGES: { [Name in Page]?: ComponentType<Omit<Extract<OfficeAddress, { page: Name }>, 'page'>> } = {
  'sign-in': later(async () => (await import('../pages/sign-in-page.tsx')).SignInPage),
  me: later(async () => (await import('../pages/me-page.tsx')).MePage),
  workbench: later(async () => (await import('../pages/office-workbench-page.tsx')).OfficeWorkbenchPage),
  sites: later(async () => (await import('../pages/office-sites-page.tsx')).OfficeSitesPage),
  scorecard: later(async () => (await import('../pages/office-scorecard-page.tsx')).OfficeScorecardPage),
  posters: later(async () => (await import('../pages/office-posters-page.tsx')).OfficePostersPage),
  accounts: later(async () => (await import('../pages/office-accounts-page.tsx')).OfficeAccountsPage),
};

/** What is not in the first chunk's list of pages: behind a sign-in, or nowhere. */
export function OtherPage() {
  const address = officePageAt(usePathname());
  if (!address) return <NotFoundPage />;
  const { page, ...rest } = address;
  const Page = PAGES[page] as ComponentType<typeof rest> | undefined;
  return Page ? <Page key={'id' in rest ? rest.id : page} {...rest} /> : <NotFoundPage />;
}
