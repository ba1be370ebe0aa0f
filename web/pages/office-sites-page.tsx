import { useCallback, useEffect, useRef } from 'react';
import { office as officeEn } from '../client/messages/en/office.ts';
import { officeSites as en } from '../client/messages/en/office-sites.ts';
import { office as officeZh } from '../client/messages/zh/office.ts';
import { officeSites as zh } from '../client/messages/zh/office-sites.ts';
import type { Me } from '../client/accounts.ts';
import type { OfficeSitePage } from '../client/office.ts';
import { officeApiPaths, officePaths } from '../client/office-paths.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import { ExportButtons } from '../features/places/office/export-buttons.tsx';
import { SiteFilters } from '../features/places/office/site-filters.tsx';
import {
  changeSiteQuery,
  isNarrowed,
  NO_QUERY,
  readSiteQuery,
  type SiteQuery,
  writeSiteQuery,
} from '../features/places/office/site-query.ts';
import { SiteTable } from '../features/places/office/site-table.tsx';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { useMinute } from '../features/places/use-minute.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { laterIcons } from '../ui/later-icons.ts';
import { goInApp, navigate, useSearch } from '../ui/location.ts';
import { announce } from '../ui/notices.tsx';
import { OfficeLayout, searchInputClass } from './office-layout.tsx';
import styles from './office-sites-page.module.css';

/** Typing narrows the table once it pauses this long. */
const PAUSE_MS = 300;
const PAGE_SIZE = 50;

/** `/office/sites?…`: all places of the office as a table; the address holds the whole view. */
export function OfficeSitesPage() {
  const m = useTexts({ zh, en });
  const office = useTexts({ zh: officeZh, en: officeEn });
  const query = readSiteQuery(useSearch());
  return (
    <OfficeLayout
      title={m.title}
      action="site.view"
      search={<SearchTable key="search" query={query} label={office.search} />}
    >
      {(me) => <Sites me={me} query={query} />}
    </OfficeLayout>
  );
}

/** A filter is no step back: "back" leads to the page before the table, "next page" is a step. */
function show(query: SiteQuery, change: Partial<SiteQuery>): void {
  const next = changeSiteQuery(query, change);
  navigate(officePaths.sites(writeSiteQuery(next)), { replace: !change.cursor });
}

function Sites({ me, query }: { me: Me; query: SiteQuery }) {
  const m = useTexts({ zh, en });
  const office = useTexts({ zh: officeZh, en: officeEn });
  const nowMs = useMinute();
  const asked = useAsked<OfficeSitePage>(officeApiPaths.sites(writeSiteQuery(query, { limit: String(PAGE_SIZE) })));
  const total = asked.status === 'ready' && asked.refresh === 'done' ? asked.data.total : null;
  useEffect(
    function sayHowMany() {
      if (total !== null) announce(m.total(total));
    },
    [total, m],
  );

  return (
    <>
      <SiteFilters query={query} onChange={(change) => show(query, change)} />
      <div className={styles.tools}>
        {me.actions.includes('site.edit') && (
          <ButtonLink variant="primary" icon="plus" href={officePaths.newSite()} onClick={goInApp}>
            {office.nav.newSite}
          </ButtonLink>
        )}
        {me.actions.includes('site.export') && <ExportButtons query={query} />}
        {query.street ? (
          <ButtonLink icon={laterIcons.printer} href={officePaths.posters(query.street)} onClick={goInApp}>
            {m.posters}
          </ButtonLink>
        ) : (
          <span className={styles.hint}>{m.postersHint}</span>
        )}
      </div>
      <WhenAsked asked={asked}>
        {(page) =>
          page.rows.length === 0 ? (
            <div className={styles.empty}>
              <h2>{isNarrowed(query) ? m.empty : m.emptyAtAll}</h2>
              <p>{isNarrowed(query) ? m.emptyHint : m.emptyAtAllHint}</p>
              {isNarrowed(query) && (
                <Button icon="close" onClick={() => show(query, NO_QUERY)}>
                  {m.clear}
                </Button>
              )}
            </div>
          ) : (
            <>
              <SiteTable
                rows={page.rows}
                query={query}
                caption={m.total(page.total)}
                nowMs={nowMs}
                onSort={(sort) => show(query, { sort })}
              />
              {(page.next || query.cursor) && (
                <nav className={styles.pages} aria-label={m.page}>
                  {query.cursor && (
                    <ButtonLink href={officePaths.sites(writeSiteQuery({ ...query, cursor: '' }))} onClick={goInApp}>
                      {m.first}
                    </ButtonLink>
                  )}
                  {page.next && (
                    <ButtonLink
                      variant="primary"
                      href={officePaths.sites(writeSiteQuery({ ...query, cursor: page.next }))}
                      onClick={(event) => {
                        goInApp(event);
                        window.scrollTo(0, 0);
                      }}
                    >
                      {m.next}
                    </ButtonLink>
                  )}
                </nav>
              )}
            </>
          )
        }
      </WhenAsked>
    </>
  );
}

/** The search of the frame, which here narrows the table while one types. */
function SearchTable({ query, label }: { query: SiteQuery; label: string }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  useEffect(
    function followAddress() {
      // Cleared filters and "back" change it from outside; what somebody is typing stays.
      if (input.current && document.activeElement !== input.current) input.current.value = query.q;
    },
    [query.q],
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const narrow = useCallback(() => {
    clearTimeout(timer.current);
    const q = input.current?.value.trim() ?? '';
    const now = readSiteQuery(window.location.search);
    if (q !== now.q) show(now, { q });
  }, []);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        narrow();
      }}
    >
      <input
        ref={input}
        type="search"
        className={searchInputClass}
        data-search=""
        aria-keyshortcuts="/"
        aria-label={label}
        placeholder={label}
        defaultValue={query.q}
        maxLength={100}
        onChange={() => {
          clearTimeout(timer.current);
          timer.current = setTimeout(narrow, PAUSE_MS);
        }}
      />
    </form>
  );
}
