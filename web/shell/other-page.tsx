import type { ComponentType } from 'react';
import { type InsuranceAddress, insurancePageAt } from '../client/insurance-paths.ts';
import { type InsuranceOfficeAddress, insuranceOfficePageAt } from '../client/insurance-office-paths.ts';
import { type OfficeAddress, officePageAt } from '../client/office-paths.ts';
import { type PageAddress, pageAt } from '../client/paths.ts';
import { later } from '../ui/later.ts';
import { usePathname } from '../ui/location.ts';
import { NotFoundPage } from './not-found-page.tsx';

type Address =
  | Exclude<PageAddress, { page: 'map' | 'accident' | 'other' }>
  | OfficeAddress
  | InsuranceAddress
  | InsuranceOfficeAddress;
type Name = Address['page'];

/** Each page comes when it is asked for; an address that has none yet is said not to exist. */
const PAGES: { [N in Name]?: ComponentType<Omit<Extract<Address, { page: N }>, 'page'>> } = {
  streets: later(async () => (await import('../pages/streets-page.tsx')).StreetsPage),
  about: later(async () => (await import('../pages/about-page.tsx')).AboutPage),
  poster: later(async () => (await import('../pages/poster-page.tsx')).PosterPage),
  'sign-in': later(async () => (await import('../pages/sign-in-page.tsx')).SignInPage),
  'reset-password': later(
    async () => (await import('../pages/office-reset-password-page.tsx')).OfficeResetPasswordPage,
  ),
  me: later(async () => (await import('../pages/me-page.tsx')).MePage),
  enrol: later(async () => (await import('../pages/enrol-page.tsx')).EnrolPage),
  cover: later(async () => (await import('../pages/cover-page.tsx')).CoverPage),
  certificate: later(async () => (await import('../pages/certificate-page.tsx')).CertificatePage),
  'new-claim': later(async () => (await import('../pages/new-claim-page.tsx')).NewClaimPage),
  claim: later(async () => (await import('../pages/claim-page.tsx')).ClaimPage),
  'office-claims': later(async () => (await import('../pages/office-claims-page.tsx')).OfficeClaimsPage),
  'office-new-claim': later(async () => (await import('../pages/office-new-claim-page.tsx')).OfficeNewClaimPage),
  'office-claim': later(async () => (await import('../pages/office-claim-page.tsx')).OfficeClaimPage),
  'office-ledger': later(async () => (await import('../pages/office-ledger-page.tsx')).OfficeLedgerPage),
  'office-insurer': later(async () => (await import('../pages/office-insurer-page.tsx')).OfficeInsurerPage),
  'office-fairness': later(async () => (await import('../pages/office-fairness-page.tsx')).OfficeFairnessPage),
  'office-sample': later(async () => (await import('../pages/office-sample-page.tsx')).OfficeSamplePage),
  'public-fairness': later(async () => (await import('../pages/fairness-page.tsx')).FairnessPage),
  'office-terms': later(async () => (await import('../pages/office-terms-page.tsx')).OfficeTermsPage),
  workbench: later(async () => (await import('../pages/office-workbench-page.tsx')).OfficeWorkbenchPage),
  site: later(async () => (await import('../pages/office-site-page.tsx')).OfficeSitePage),
  'site-history': later(async () => (await import('../pages/office-site-history-page.tsx')).OfficeSiteHistoryPage),
  sites: later(async () => (await import('../pages/office-sites-page.tsx')).OfficeSitesPage),
  imports: later(async () => (await import('../pages/office-imports-page.tsx')).OfficeImportsPage),
  import: later(async () => (await import('../pages/office-import-page.tsx')).OfficeImportPage),
  scorecard: later(async () => (await import('../pages/office-scorecard-page.tsx')).OfficeScorecardPage),
  posters: later(async () => (await import('../pages/office-posters-page.tsx')).OfficePostersPage),
  accounts: later(async () => (await import('../pages/office-accounts-page.tsx')).OfficeAccountsPage),
  people: later(async () => (await import('../pages/office-people-page.tsx')).OfficePeoplePage),
  employer: later(async () => (await import('../pages/office-employer-page.tsx')).OfficeEmployerPage),
  'employer-file': later(async () => (await import('../pages/office-employer-file-page.tsx')).OfficeEmployerFilePage),
};

/** Every page but the map and the help after an accident: the first chunk carries the names of those two only. */
export function OtherPage() {
  const pathname = usePathname();
  const known = pageAt(pathname);
  const address =
    known.page === 'other'
      ? (insurancePageAt(pathname) ?? insuranceOfficePageAt(pathname) ?? officePageAt(pathname))
      : known;
  if (!address) return <NotFoundPage />;
  const { page, ...rest } = address;
  const Page = PAGES[page as Name] as ComponentType<typeof rest> | undefined;
  return Page ? <Page key={pathname} {...rest} /> : <NotFoundPage />;
}
