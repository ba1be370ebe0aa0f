import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import type { Action } from '#domain/accounts/permissions.ts';
import { type Me, useSession } from '../client/accounts.ts';
import { office as en } from '../client/messages/en/office.ts';
import { office as zh } from '../client/messages/zh/office.ts';
import { useMessages } from '../client/messages.ts';
import { insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { officePaths } from '../client/office-paths.ts';
import { paths } from '../client/paths.ts';
import { useRefusals } from '../client/refusals.ts';
import { useTexts } from '../client/texts.ts';
import { SettingsButton } from '../shell/settings-button.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { useFirstScreen } from '../ui/first-screen.ts';
import { Icon } from '../ui/icon.tsx';
import type { Sign } from '../ui/icon-paths.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp, navigate, usePathname } from '../ui/location.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRowKeys } from '../ui/use-row-keys.ts';
import styles from './office-layout.module.css';

type NavName =
  | ('workbench' | 'sites' | 'newSite' | 'import' | 'scorecard' | 'posters' | 'employer' | 'accounts' | 'people')
  | ('claims' | 'ledger' | 'insurer' | 'fairness' | 'terms');

/** One right, or any of several. */
type Rights = Action | readonly Action[];

/** The pages of the office and the rights that show them. */
const NAV: readonly { name: NavName; href: string; icon: Sign; action: Rights }[] = [
  { name: 'workbench', href: officePaths.workbench(), icon: 'briefcase', action: ['site.view', 'claim.view'] },
  { name: 'claims', href: insuranceOfficePaths.claims(), icon: laterIcons.umbrella, action: 'claim.view' },
  { name: 'sites', href: officePaths.sites(), icon: 'list', action: 'site.view' },
  { name: 'import', href: officePaths.imports(), icon: laterIcons.paper, action: 'site.import' },
  { name: 'scorecard', href: officePaths.scorecard(), icon: 'scales', action: 'scorecard.view' },
  { name: 'posters', href: officePaths.posters(), icon: laterIcons.printer, action: 'site.view' },
  {
    name: 'employer',
    href: insuranceOfficePaths.employer(),
    icon: laterIcons.paper,
    action: 'enrolment.employ',
  },
  { name: 'ledger', href: insuranceOfficePaths.ledger(), icon: laterIcons.book, action: 'ledger.view' },
  { name: 'insurer', href: insuranceOfficePaths.insurer(), icon: laterIcons.forward, action: 'ledger.view' },
  {
    name: 'fairness',
    href: insuranceOfficePaths.fairness(),
    icon: laterIcons.eye,
    action: ['claim.supervise', 'claim.review'],
  },
  {
    name: 'terms',
    href: insuranceOfficePaths.terms(),
    icon: laterIcons.paper,
    action: ['claim.view', 'ledger.view', 'terms.replace'],
  },
  { name: 'accounts', href: officePaths.accounts(), icon: laterIcons.person, action: 'membership.view' },
  { name: 'people', href: officePaths.people(), icon: laterIcons.eye, action: 'person.reveal' },
];

/**
 * The frame of every page of the office: the navigation at the side (on a phone in a line), the search, and the guard:
 * who is not signed in goes to the sign-in and comes back, who lacks the right is told so.
 */
export function OfficeLayout({
  title,
  documentTitle = title,
  action,
  search,
  toolbar,
  print = 'table',
  children,
}: {
  title: string;
  /** Of the tab, where it says more than the heading. */
  documentTitle?: string;
  /** What one must be allowed to do to see this page; of several, any. */
  action: Rights;
  /** In place of the search that leads to the table. */
  search?: ReactNode;
  toolbar?: ReactNode;
  /** On paper: a table across, or sheets that say all by themselves. */
  print?: 'table' | 'sheets';
  children: (me: Me) => ReactNode;
}) {
  const { shell } = useMessages();
  const m = useTexts({ zh, en });
  const session = useSession();
  const refusal = useRefusals();
  const pathname = usePathname();
  const root = useRef<HTMLDivElement>(null);
  useRowKeys(root);
  const navigation = useRef<HTMLElement>(null);
  useFirstScreen(session.status !== 'loading');

  useEffect(
    function nameTab() {
      document.title = `${documentTitle} · ${shell.appName}`;
    },
    [documentTitle, shell.appName],
  );
  useEffect(
    function askWho() {
      if (session.status !== 'out') return;
      const { pathname: here, search: query } = window.location;
      navigate(officePaths.signIn(here + query), { replace: true });
    },
    [session.status],
  );

  const me = session.status === 'in' ? session.me : null;
  const allowed = me !== null && hasAny(me, action);
  const nav = NAV.filter((item) => me && hasAny(me, item.action));
  const current = nav.find(({ href }) => currentOf(href, pathname))?.href;
  useEffect(
    function showWhereOneIs() {
      // On a phone the navigation is a line that is longer than the screen.
      const line = navigation.current;
      const here = line?.querySelector<HTMLElement>(`[href="${current}"]`);
      if (line && here) line.scrollLeft = here.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
    },
    [current],
  );
  return (
    <div className={styles.office} ref={root}>
      <a href="#office-content" className={styles.skip}>
        {m.nav.skip}
      </a>
      <header className={styles.bar}>
        <a href={officePaths.workbench()} className={styles.brand} onClick={goInApp}>
          {shell.appName}
          <span>{m.title}</span>
        </a>
        <search className={styles.search}>
          {allowed && (search ?? (me.actions.includes('site.view') && <SearchPlaces />))}
        </search>
        <nav className={styles.tools} aria-label={m.nav.me}>
          <ToolLink href={paths.map()} icon={laterIcons.map} label={m.nav.map} />
          <ToolLink href={officePaths.me()} icon={laterIcons.person} label={m.nav.me} />
        </nav>
        <SettingsButton />
      </header>
      <nav ref={navigation} className={styles.nav} aria-label={m.nav.label}>
        {nav.map(({ name, href, icon }) => (
          <a key={name} href={href} aria-current={currentOf(href, pathname)} onClick={goInApp}>
            <Icon name={icon} />
            {m.nav[name]}
          </a>
        ))}
      </nav>
      <main className={styles.main} id="office-content" data-print={print} tabIndex={-1}>
        <div className={styles.head}>
          <h1>{title}</h1>
          {allowed && toolbar}
        </div>
        {session.status === 'failed' && <p role="alert">{refusal(session.error)}</p>}
        {(session.status === 'loading' || session.status === 'out') && <Skeleton rows={6} label={m.loading} />}
        {me && !allowed && (
          <div className={styles.noRight} role="alert">
            <h2>{m.noRight}</h2>
            <p>{m.noRightHint}</p>
            <ButtonLink href={officePaths.signIn(pathname)} onClick={goInApp}>
              {m.otherAccount}
            </ButtonLink>
          </div>
        )}
        {me && allowed && children(me)}
      </main>
    </div>
  );
}

function hasAny({ actions }: Me, rights: Rights): boolean {
  return [rights].flat().some((right) => actions.includes(right as Action));
}

/** The page itself, or the room that it stands in. */
function currentOf(href: string, pathname: string): 'page' | 'true' | undefined {
  if (pathname.replace(/\/$/, '') === href) return 'page';
  return href !== officePaths.workbench() && pathname.startsWith(`${href}/`) ? 'true' : undefined;
}

function ToolLink({ href, icon, label }: { href: string; icon: Sign; label: string }) {
  return (
    <a href={href} className={styles.tool} aria-label={label} title={label} onClick={goInApp}>
      <Icon name={icon} size={1.5} />
    </a>
  );
}

/** Leads to the table of places with what was typed. */
function SearchPlaces() {
  const m = useTexts({ zh, en });
  return (
    <form onSubmit={goToTable}>
      <input
        type="search"
        name="q"
        className={styles.searchInput}
        data-search=""
        aria-keyshortcuts="/"
        aria-label={m.search}
        placeholder={m.search}
        maxLength={100}
      />
    </form>
  );
}

function goToTable(event: FormEvent<HTMLFormElement>): void {
  event.preventDefault();
  const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
  navigate(officePaths.sites(q ? `?q=${encodeURIComponent(q)}` : ''));
}

export const searchInputClass = styles.searchInput;
