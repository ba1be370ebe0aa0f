import { useEffect, useRef } from 'react';
import { CLAIM_STATES } from '#domain/insurance/claim-lifecycle.ts';
import type { ClaimPage } from '#domain/insurance/claim-contract.ts';
import type { Me } from '../client/accounts.ts';
import { insuranceOfficeApiPaths, insuranceOfficePaths } from '../client/insurance-office-paths.ts';
import { officeClaims as en } from '../client/messages/en/office-claims.ts';
import { officeClaims as zh } from '../client/messages/zh/office-claims.ts';
import { useTexts } from '../client/texts.ts';
import { useAsked } from '../client/use-asked.ts';
import {
  type ClaimQuery,
  claimApiQuery,
  isClaimQueryNarrowed,
  NO_CLAIM_QUERY,
  numberPart,
  readClaimQuery,
  writeClaimQuery,
} from '../features/insurance/office/claim-query.ts';
import { ClaimTable } from '../features/insurance/office/claim-table.tsx';
import styles from '../features/insurance/office/desk.module.css';
import { MoreButton } from '../features/insurance/office/more-button.tsx';
import { askPage, useMore } from '../features/insurance/office/use-more.ts';
import { AreaSelect } from '../features/places/office/area-select.tsx';
import filterStyles from '../features/places/office/site-filters.module.css';
import { WhenAsked } from '../features/places/office/when-asked.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Chip } from '../ui/chip.tsx';
import { classes } from '../ui/classes.ts';
import { Field, SelectField } from '../ui/field.tsx';
import { goInApp, navigate, useSearch } from '../ui/location.ts';
import { OfficeLayout, searchInputClass } from './office-layout.tsx';

const PAGE_SIZE = '50';

/** `/office/claims?…`: what waits for me, or all claims that I may see; the address holds the whole view. */
export function OfficeClaimsPage() {
  const m = useTexts({ zh, en });
  const query = readClaimQuery(useSearch());
  return (
    <OfficeLayout title={m.title} action="claim.view" search={<SearchClaims query={query} label={m.queue.search} />}>
      {(me) => <Claims me={me} query={query} />}
    </OfficeLayout>
  );
}

function show(query: ClaimQuery): void {
  navigate(insuranceOfficePaths.claims(writeClaimQuery(query)), { replace: true });
}

function Claims({ me, query }: { me: Me; query: ClaimQuery }) {
  const { queue: m, states } = useTexts({ zh, en });
  const asked = useAsked<ClaimPage>(insuranceOfficeApiPaths.claims(claimApiQuery(query, { limit: PAGE_SIZE })));
  const change = (part: Partial<ClaimQuery>) => show({ ...query, ...part });
  return (
    <>
      <search className={filterStyles.filters} aria-label={m.filters}>
        <fieldset className={classes(styles.bare, filterStyles.chips)}>
          <legend className="visually-hidden">{m.which}</legend>
          <Chip pressed={!query.all} onPressedChange={() => change({ all: false })}>
            {m.mine}
          </Chip>
          <Chip pressed={query.all} onPressedChange={() => change({ all: true })}>
            {m.all}
          </Chip>
          <Chip icon="clock" pressed={query.overdue} onPressedChange={(overdue) => change({ overdue })}>
            {m.overdue}
          </Chip>
        </fieldset>
        <SelectField
          label={m.state}
          value={query.state}
          onChange={(state) => change({ state: state as ClaimQuery['state'] })}
        >
          <option value="">{m.anyState}</option>
          {CLAIM_STATES.filter((state) => state !== 'draft').map((state) => (
            <option key={state} value={state}>
              {states[state]}
            </option>
          ))}
        </SelectField>
        <Field label={m.street}>
          {(control) => (
            <AreaSelect
              control={control}
              value={query.street}
              none={m.anyStreet}
              districts
              onChange={(street) => change({ street })}
            />
          )}
        </Field>
        {isClaimQueryNarrowed(query) && (
          <div className={filterStyles.chips}>
            <Button variant="quiet" icon="close" onClick={() => show({ ...NO_CLAIM_QUERY, all: query.all })}>
              {m.clear}
            </Button>
          </div>
        )}
      </search>
      {me.actions.includes('claim.receive') && (
        <div className={styles.row}>
          <ButtonLink variant="primary" icon="plus" href={insuranceOfficePaths.newClaim()} onClick={goInApp}>
            {m.newClaim}
          </ButtonLink>
        </div>
      )}
      <WhenAsked asked={asked}>{(page) => <Rows page={page} query={query} />}</WhenAsked>
    </>
  );
}

function Rows({ page, query }: { page: ClaimPage; query: ClaimQuery }) {
  const { queue: m } = useTexts({ zh, en });
  const { rows, ...more } = useMore({ rows: page.rows, next: page.nextCursor }, (cursor) =>
    askPage<ClaimPage, ClaimPage['rows'][number]>(
      insuranceOfficeApiPaths.claims(claimApiQuery(query, { limit: PAGE_SIZE, cursor })),
      (answer) => ({ rows: answer.rows, next: answer.nextCursor }),
    ),
  );
  if (rows.length === 0) {
    const isMine = !query.all && !isClaimQueryNarrowed(query);
    return (
      <div className={styles.empty}>
        <h2>{isMine ? m.emptyMine : m.empty}</h2>
        <p>{isMine ? m.emptyMineHint : m.emptyHint}</p>
        {!query.all && <Button onClick={() => show({ ...query, all: true })}>{m.showAll}</Button>}
      </div>
    );
  }
  return (
    <>
      <ClaimTable rows={rows} caption={m.caption} />
      <MoreButton {...more} label={m.more} />
    </>
  );
}

/** The search of the frame: part of a claim's number. */
function SearchClaims({ query, label }: { query: ClaimQuery; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(
    function followAddress() {
      if (input.current && document.activeElement !== input.current) input.current.value = query.q;
    },
    [query.q],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const q = numberPart(input.current?.value ?? '');
        // A number that somebody reads out is looked for everywhere.
        show({ ...readClaimQuery(window.location.search), q, ...(q && { all: true }) });
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
        maxLength={20}
      />
    </form>
  );
}
