/** A claim from the counter to the payment, an appeal, and a supervisor's look, on a service of its own. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#domain/accounts/demo-accounts.ts';
import type { ClaimView } from '#domain/insurance/claim-contract.ts';
import { claimWords } from '../../web/client/messages/zh/claim-words.ts';
import { claim as form } from '../../web/client/messages/zh/claim.ts';
import { enrol } from '../../web/client/messages/zh/enrol.ts';
import { officeClaims as words } from '../../web/client/messages/zh/office-claims.ts';
import { officeFairness as fair } from '../../web/client/messages/zh/office-fairness.ts';
import { officeInsurer } from '../../web/client/messages/zh/office-insurer.ts';
import { office } from '../../web/client/messages/zh/office.ts';
import { type AppServer, startAppServer } from '../support/app-server.ts';
import { violations } from './axe.ts';
import { getFeatures } from './city.ts';
import { addColleague, insure, type Send, signInRider, signInStaff, step, takeDown } from './desk-people.ts';
import { NOW, NOW_ISO } from './now.ts';
import { DESKTOP, PHONE, type Phone, type PhoneOptions, test } from './phones.ts';
import { rider } from './riders.ts';

const DAY_MS = 86_400_000;
const TODAY = NOW_ISO.slice(0, 10);
const THIS_MORNING = `${TODAY}T08:30:00+08:00`;
const STREET = DEMO_ACCOUNTS.find(({ role }) => role === 'officer')!.jurisdictionCode!;
const COUNTER = { viewport: DESKTOP, isMobile: false, hasTouch: false } as const;

const covered = [rider(31), rider(32), rider(33)] as const;
let server: AppServer;
let officer: Send;
let receivingSiteId: string;
let officeName: string;
/** Declined the day before, so that it can be drawn. */
let declined: ClaimView;

beforeAll(async () => {
  // Cover begins on the day after enrolling, and only days that are over are drawn from: it begins a day earlier.
  const environment = { TEST_CLOCK: new Date(NOW - DAY_MS).toISOString() };
  server = await startAppServer(environment);
  const site = (await getFeatures(server.url)).find(
    ({ properties }) =>
      properties.street === STREET && properties.services.some(({ service }) => service === 'insurance_office'),
  )!;
  receivingSiteId = site.id;
  officeName = site.properties.name;
  for (const person of covered) await insure(await signInRider(server, person), person, [TODAY]);
  const admin = await signInStaff(server, 'admin');
  await addColleague(admin, 'approver2', 'approver');
  await addColleague(admin, 'assessor2', 'assessor');
  officer = await signInStaff(server, 'officer');
  declined = await takeDown(officer, rider(34), { happenedAt: '2026-03-08T10:00:00+08:00', receivingSiteId });
  await step(officer, declined.id, { action: 'receive' });
  await step(await signInStaff(server, 'assessor'), declined.id, { action: 'assess', lines: [] });
  await step(await signInStaff(server, 'approver'), declined.id, {
    action: 'decline',
    declineCode: 'day_not_covered',
    words: '那天没有参保。',
  });
  environment.TEST_CLOCK = NOW_ISO;
  await server.kill();
  await server.restart();
  officer = await signInStaff(server, 'officer');
}, 120_000);
afterAll(() => server?.close());

describe('at the counter', () => {
  test('somebody without a phone reports an accident, and it is received at once', async ({ openPhone }) => {
    const me = covered[0];
    const { page } = await open(openPhone, 'officer', '/office/claims');
    await page.getByRole('link', { name: words.queue.newClaim }).click();
    const send = page.getByRole('button', { name: words.counter.send, exact: true });
    await send.click();
    await page.getByText(words.counter.missing).waitFor();
    await page.getByLabel(enrol.who.name, { exact: true }).fill(me.name);
    await page.getByLabel(enrol.who.idNumber, { exact: true }).fill(me.idNumber);
    await page.getByLabel(form.when.label).fill(`${TODAY}T08:30`);
    await page.getByLabel(form.what.label, { exact: true }).fill('雨天路滑，转弯时摔倒，左手骨折。');
    await page.getByLabel(words.counter.office, { exact: true }).selectOption({ label: officeName });
    // Nothing is taken down before the paper is signed.
    await send.click();
    await page.getByText(words.counter.paperMissing).first().waitFor();
    await page.getByLabel(words.counter.paper).check();
    await send.click();
    await page.getByText(words.one.recorded).waitFor();
    const id = new URL(page.url()).pathname.split('/').at(-1)!;
    const { number } = await officer<ClaimView>('GET', `/api/claims/${id}`);
    await page.getByRole('heading', { name: words.one.title(number) }).waitFor();
    const shown = await page.locator('main').innerText();
    expect(shown).toContain('转弯时摔倒');
    expect(shown).toContain(words.one.covered('3月10日'));
    expect(shown).not.toContain(me.name);
    expect(shown).not.toContain(me.idNumber);

    await page.getByRole('button', { name: words.step.names.receive, exact: true }).click();
    await page.getByRole('button', { name: words.step.go(words.step.names.receive) }).click();
    await page.getByText(words.states.received).first().waitFor();
    // It is somebody else's now, and the queue says so.
    await page.goto('/office/claims?all=1');
    await page
      .getByRole('row', { name: new RegExp(number) })
      .getByText(words.states.received)
      .waitFor();
  });

  test('papers are asked for by name, and the claim waits for the claimant', async ({ openPhone }) => {
    const claim = await takeDown(officer, rider(36), { happenedAt: THIS_MORNING, receivingSiteId });
    const { page } = await open(openPhone, 'officer', `/office/claims/${claim.id}`);
    await page.getByText(words.one.notCovered).waitFor();
    await page.getByRole('button', { name: words.step.names.request_materials }).click();
    const go = page.getByRole('button', { name: words.step.go(words.step.names.request_materials) });
    await go.click();
    await page.getByText(words.step.materialsMissing).waitFor();
    await page.getByLabel(claimWords.materials.invoice, { exact: true }).check();
    await go.click();
    await page.getByText(words.states.materials_requested).first().waitFor();
    expect(await officer<ClaimView>('GET', `/api/claims/${claim.id}`)).toMatchObject({ materialsAsked: ['invoice'] });
  });
});

describe('from the assessment to the payment', () => {
  test('by two approvers, one of whom is told that the other was quicker', async ({ openPhone }) => {
    const claim = await takeDown(officer, covered[1], { happenedAt: THIS_MORNING, receivingSiteId });
    await step(officer, claim.id, { action: 'receive' });

    const { page: assessor } = await open(openPhone, 'assessor', '/office');
    await assessor.getByRole('heading', { name: words.panel.title }).waitFor();
    await assessor.keyboard.press('1');
    await assessor.getByRole('link', { name: claim.number }).click();
    await assessor.getByRole('button', { name: words.step.names.assess, exact: true }).click();
    await assessor.getByLabel(words.assess.grade).selectOption('8');
    // Worked out while one chooses, with the clause behind it and that it is not verified.
    await assessor.getByText('¥120,000.00').waitFor();
    await assessor.getByText(claimWords.clause('disability.gradePercents')).waitFor();
    await assessor.getByText(words.assess.unverified, { exact: true }).first().waitFor();
    await assessor.getByRole('button', { name: words.step.go(words.step.names.assess) }).click();
    await assessor.getByText(words.one.nothingToDo(words.holders['claim.approve']!)).waitFor();

    const { page: first } = await open(openPhone, 'approver', `/office/claims/${claim.id}`);
    const { page: other } = await open(openPhone, 'approver2', `/office/claims/${claim.id}`);
    await first.getByText(words.one.approvals(2)).waitFor();
    await other.getByText(words.one.approvals(2)).waitFor();
    await approve(first);
    await first.getByText(words.one.approvals(1)).waitFor();
    // Nobody approves twice.
    expect(await first.getByRole('button', { name: words.step.names.approve, exact: true }).count()).toBe(0);
    await approve(other);
    await other.getByText(words.step.changedTitle).waitFor();
    await other.getByText(words.one.approvals(1)).waitFor();
    await approve(other);
    await other.getByText(words.states.approved).first().waitFor();

    const { page: insurer } = await open(openPhone, 'insurer', '/office/insurer');
    await insurer.getByRole('rowheader', { name: claim.number }).waitFor();
    const csv = (fen: number, reference: string) =>
      `reference,claim,paid_fen,paid_on\n${reference},${claim.number},${fen},${TODAY}\n`;
    const report = async (text: string) => {
      await insurer.getByLabel(officeInsurer.payments.text).fill(text);
      await insurer.getByRole('button', { name: officeInsurer.payments.send, exact: true }).click();
    };
    await report(csv(1, 'P-0'));
    await insurer.getByText(officeInsurer.payments.outcomes.amount_differs!).first().waitFor();
    await report(csv(120_000_00, 'P-1'));
    await insurer.getByText(officeInsurer.payments.result(1, 0)).waitFor();
    expect(await officer<ClaimView>('GET', `/api/claims/${claim.id}`)).toMatchObject({
      state: 'paid',
      paidFen: 120_000_00,
    });
  });
});

describe('a decision that somebody does not accept', () => {
  test('is declined in plain words, appealed against at the counter, and assessed anew by somebody else', async ({
    openPhone,
  }) => {
    const claim = await takeDown(officer, rider(35), { happenedAt: THIS_MORNING, receivingSiteId });
    await step(officer, claim.id, { action: 'receive' });
    await step(await signInStaff(server, 'assessor'), claim.id, { action: 'assess', lines: [] });

    const { page: approver } = await open(openPhone, 'approver', `/office/claims/${claim.id}`);
    await approver.getByRole('button', { name: words.step.names.decline, exact: true }).click();
    const decline = approver.getByRole('button', { name: words.step.go(words.step.names.decline) });
    await decline.click();
    await approver.getByText(words.step.wordsMissing).waitFor();
    await approver.getByLabel(words.step.declineCode).selectOption('day_not_covered');
    await approver.getByLabel(words.step.words).fill('那天没有参保，所以不能赔。');
    await decline.click();
    await approver.getByText(words.states.declined).first().waitFor();

    const { page: counter } = await open(openPhone, 'officer', `/office/claims/${claim.id}`);
    await counter.getByText(claimWords.declines.day_not_covered).waitFor();
    await counter.getByRole('button', { name: words.step.names.appeal, exact: true }).click();
    await counter.getByLabel(words.step.words).fill('平台说替他买过。');
    await counter.getByRole('button', { name: words.step.go(words.step.names.appeal) }).click();
    await counter.getByText(words.states.appealed).first().waitFor();

    const { page: supervisor } = await open(openPhone, 'supervisor', `/office/claims/${claim.id}`);
    await supervisor.getByRole('button', { name: words.step.names.reopen, exact: true }).click();
    await supervisor.getByLabel(words.step.words).fill('请再查平台的名单。');
    await supervisor.getByRole('button', { name: words.step.go(words.step.names.reopen) }).click();
    await supervisor.getByText(words.states.reopened).first().waitFor();

    const { page: same } = await open(openPhone, 'assessor', `/office/claims/${claim.id}`);
    // Papers they may still ask for, but not assess their own decision anew.
    await same.getByRole('button', { name: words.step.names.request_materials }).waitFor();
    expect(await same.getByRole('button', { name: words.step.names.assess, exact: true }).count()).toBe(0);
    const { page: other } = await open(openPhone, 'assessor2', `/office/claims/${claim.id}`);
    await other.getByRole('button', { name: words.step.names.assess, exact: true }).waitFor();
  });
});

describe("a supervisor's look", () => {
  test('at how it went, at a sample, and at what everybody may see', async ({ openPhone }) => {
    const { page } = await open(openPhone, 'supervisor', '/office/fairness');
    await page.getByRole('heading', { name: fair.steps.heading }).waitFor();
    await page
      .getByRole('region', { name: fair.declines.heading })
      .getByText(claimWords.declines.day_not_covered)
      .waitFor();
    await page.getByRole('button', { name: fair.samples.draw, exact: true }).click();
    await page.getByRole('button', { name: fair.samples.go, exact: true }).click();
    await page.getByText(fair.samples.missing).waitFor();
    await page.getByLabel(fair.samples.seed).fill('2026 三月');
    await page.getByRole('button', { name: fair.samples.go, exact: true }).click();
    await page.getByText(fair.drawnAgain.same).waitFor();
    await page.getByRole('link', { name: fair.sample.claim(declined.number) }).waitFor();
    const address = new URL(page.url()).pathname;

    // Who took part does not look at it again; somebody else does, and says what differs.
    const { page: reviewer } = await open(openPhone, 'assessor2', address);
    await reviewer.getByRole('button', { name: fair.sample.reviewOf(declined.number) }).click();
    await reviewer.getByText(fair.sample.no, { exact: true }).click();
    await reviewer.getByText(fair.sample.howDecline, { exact: true }).click();
    await reviewer.getByLabel(words.step.declineCode).selectOption('not_at_work');
    const record = reviewer.getByRole('button', { name: fair.sample.send });
    await record.click();
    await reviewer.getByText(fair.sample.wordsMissing).waitFor();
    await reviewer.getByLabel(fair.sample.words).fill('理由应写不在工作中。');
    await record.click();
    await reviewer.getByText(fair.sample.differs('0.00')).waitFor();

    const anybody = await openPhone({ server: server.url });
    await anybody.page.goto('/fairness');
    await anybody.page.getByText(fair.open.lead).waitFor();
    await anybody.page.getByText(fair.open.hidden(5)).first().waitFor();
  });
});

test('axe finds nothing on the pages of claims and fairness', { timeout: 180_000 }, async ({ openPhone }) => {
  const claim = await takeDown(officer, covered[2], { happenedAt: THIS_MORNING, receivingSiteId });
  await step(officer, claim.id, { action: 'receive' });
  const found: string[] = [];
  for (const viewport of [DESKTOP, PHONE]) {
    for (const [username, path] of [
      ['officer', '/office/claims?all=1'],
      ['officer', '/office/claims/new'],
      ['assessor', `/office/claims/${claim.id}`],
      ['supervisor', '/office/fairness'],
      ['insurer', '/office/insurer'],
    ] as const) {
      const { page } = await open(openPhone, username, path, { viewport, bypassCSP: true });
      await page.waitForLoadState('networkidle');
      if (username === 'assessor') {
        await page.getByRole('button', { name: words.step.names.assess, exact: true }).click();
        await page.getByText(words.assess.total, { exact: true }).waitFor();
      }
      if (username === 'supervisor') {
        await page.getByRole('button', { name: fair.samples.draw, exact: true }).click();
      }
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
        found.push(...(await violations(page)).map((text) => `${path} ${viewport.width} ${colorScheme}: ${text}`));
      }
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (beyond > 0) found.push(`${path} ${viewport.width}: ${beyond} pixels beyond the screen`);
    }
  }
  expect(found).toEqual([]);
});

/** A page of somebody who is signed in; how one signs in has tests of its own. */
async function open(
  openPhone: (options?: PhoneOptions) => Promise<Phone>,
  username: string,
  to: string,
  options: PhoneOptions = {},
): Promise<Phone> {
  const phone = await openPhone({ ...COUNTER, ...options, server: server.url });
  const signedIn = await phone.context.request.post(`${server.url}/api/auth/sign-in/username`, {
    data: { username, password: DEMO_PASSWORD },
    headers: { origin: server.url },
  });
  expect(signedIn.ok(), await signedIn.text()).toBe(true);
  await phone.page.goto(to);
  await phone.page.getByRole('navigation', { name: office.nav.label }).waitFor();
  return phone;
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.step.names.approve, exact: true }).click();
  await page.getByRole('button', { name: words.step.go(words.step.names.approve) }).click();
}
