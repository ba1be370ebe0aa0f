import type { BenefitKind, Figure, PolicyTerms } from './policy-terms.ts';

/** What the assessor puts in for a line. Money is fen; a stay in hospital is its days. */
export type BenefitLine =
  | { id: string; kind: 'medical'; costFen: number; notCoveredFen: number }
  | { id: string; kind: 'hospital'; stays: readonly number[] }
  | { id: string; kind: 'disability'; grade: number }
  | { id: string; kind: 'death' };

export const BENEFIT_STEPS = [
  'cost',
  'not_covered',
  'deductible',
  'share',
  'days',
  'days_per_stay',
  'days_in_all',
  'grade',
  'death',
  'kind_limit',
  'day_not_covered',
  'paid_before',
  'cover_limit',
] as const;

/**
 * One step of a calculation. The amounts of a line's steps sum to what it comes to; those that take away are negative.
 * `clause` is the figure of the policy terms behind it, null where it is none.
 */
export type BenefitStep = {
  code: (typeof BENEFIT_STEPS)[number];
  clause: string | null;
  certainty: Figure<unknown>['certainty'] | null;
  amountFen: number;
  params: Record<string, number>;
};

/** What other claims of the same cover have used up: approved or paid, whichever is more. */
export type CoverUse = {
  totalFen: number;
  byKindFen: Readonly<Record<BenefitKind, number>>;
  hospitalDays: number;
};

export const NOTHING_USED: CoverUse = {
  totalFen: 0,
  byKindFen: { medical: 0, hospital: 0, disability: 0, death: 0 },
  hospitalDays: 0,
};

export type CalculatedLine = { id: string; kind: BenefitKind; amountFen: number; steps: BenefitStep[] };
export type Calculation = { lines: CalculatedLine[]; totalFen: number; limitFen: number; remainingFen: number };

type Asked = {
  terms: PolicyTerms;
  lines: readonly BenefitLine[];
  isCovered: boolean;
  used: CoverUse;
  /** What was paid for a line before an appeal: it stays paid, whatever is found now. */
  paidFen?: ReadonlyMap<string, number>;
};

/**
 * What the lines of one claim come to. The deductible is taken once per claim; the limits of a kind and of the cover run
 * over all claims of the cover. Only whole fen, rounded down. Throws a `RangeError` for a grade that the terms don't have.
 */
export function calculateBenefit({ terms, lines, isCovered, used, paidFen = new Map() }: Asked): Calculation {
  const left = roomOf(terms, used);
  const calculated = lines.map((line): CalculatedLine => {
    const steps = line.kind === 'medical' ? medicalSteps(line, terms, left) : otherSteps(line, terms, left);
    if (!isCovered) pushUnlessZero(steps, step('day_not_covered', -sumOf(steps)));
    const paid = paidFen.get(line.id) ?? 0;
    pushUnlessZero(steps, step('paid_before', Math.max(0, paid - sumOf(steps)), { paidFen: paid }));
    return { id: line.id, kind: line.kind, steps, amountFen: sumOf(steps) };
  });
  const limitFen = terms.coverLimitFen.value;
  const remainingFen = Math.max(0, limitFen - used.totalFen);
  capCover(calculated, remainingFen, { terms, used, paidFen });
  const totalFen = calculated.reduce((sum, { amountFen }) => sum + amountFen, 0);
  return { lines: calculated, totalFen, limitFen, remainingFen };
}

/** `percent` of an amount, rounded down to whole fen without passing through fractions. Percentages have four decimals at most. */
export function shareOf(fen: number, percent: number): number {
  return Number((BigInt(fen) * BigInt(Math.round(percent * 10_000))) / 1_000_000n);
}

/** What is still free of each limit while the lines are gone through. */
type Room = { deductibleFen: number; hospitalDays: number } & Record<'medical' | 'disability' | 'death', number>;

function roomOf({ medical, hospital, disability, death }: PolicyTerms, { byKindFen, hospitalDays }: CoverUse): Room {
  return {
    deductibleFen: medical.value.deductibleFen,
    hospitalDays: Math.max(0, hospital.value.daysInAll - hospitalDays),
    medical: Math.max(0, medical.value.limitFen - byKindFen.medical),
    disability: Math.max(0, disability.value.limitFen - byKindFen.disability),
    death: Math.max(0, death.value.limitFen - byKindFen.death),
  };
}

function medicalSteps(
  { costFen, notCoveredFen }: Extract<BenefitLine, { kind: 'medical' }>,
  { medical }: PolicyTerms,
  left: Room,
): BenefitStep[] {
  const { sharePercent, limitFen } = medical.value;
  const by = clauseOf(medical, 'medical');
  const steps = [step('cost', costFen)];
  pushUnlessZero(steps, step('not_covered', -Math.min(costFen, notCoveredFen)));
  const deductible = Math.min(sumOf(steps), left.deductibleFen);
  left.deductibleFen -= deductible;
  pushUnlessZero(steps, by('deductibleFen', 'deductible', -deductible));
  const rest = sumOf(steps);
  pushUnlessZero(steps, by('sharePercent', 'share', shareOf(rest, sharePercent) - rest, { sharePercent }));
  return capKind(steps, 'medical', left, by('limitFen', 'kind_limit', 0, { limitFen }));
}

function otherSteps(
  line: Exclude<BenefitLine, { kind: 'medical' }>,
  { hospital, disability, death }: PolicyTerms,
  left: Room,
): BenefitStep[] {
  switch (line.kind) {
    case 'hospital': {
      const { fenPerDay, daysPerStay } = hospital.value;
      const by = clauseOf(hospital, 'hospital');
      const days = line.stays.reduce((sum, stay) => sum + stay, 0);
      const allowed = line.stays.reduce((sum, stay) => sum + Math.min(stay, daysPerStay), 0);
      const counted = Math.min(allowed, left.hospitalDays);
      const { hospitalDays } = left;
      left.hospitalDays -= counted;
      const steps = [by('fenPerDay', 'days', days * fenPerDay, { days, fenPerDay })];
      const tooLong = { days: days - allowed, daysPerStay };
      pushUnlessZero(steps, by('daysPerStay', 'days_per_stay', -tooLong.days * fenPerDay, tooLong));
      const tooMany = { days: allowed - counted, daysLeft: hospitalDays };
      pushUnlessZero(steps, by('daysInAll', 'days_in_all', -tooMany.days * fenPerDay, tooMany));
      return steps;
    }
    case 'disability': {
      const { gradePercents, limitFen } = disability.value;
      const by = clauseOf(disability, 'disability');
      const percent = gradePercents[line.grade - 1];
      if (percent === undefined) throw new RangeError(`The terms have no grade ${line.grade}.`);
      const params = { grade: line.grade, percent, limitFen };
      const steps = [by('gradePercents', 'grade', shareOf(limitFen, percent), params)];
      return capKind(steps, 'disability', left, by('limitFen', 'kind_limit', 0, { limitFen }));
    }
    case 'death': {
      const { limitFen } = death.value;
      const by = clauseOf(death, 'death');
      return capKind([by('limitFen', 'death', limitFen)], 'death', left, by('limitFen', 'kind_limit', 0, { limitFen }));
    }
  }
}

function capKind(
  steps: BenefitStep[],
  kind: 'medical' | 'disability' | 'death',
  left: Room,
  cap: BenefitStep,
): BenefitStep[] {
  const before = sumOf(steps);
  const amountFen = Math.min(before, left[kind]) - before;
  pushUnlessZero(steps, { ...cap, amountFen, params: { ...cap.params, leftFen: left[kind] } });
  left[kind] -= before + amountFen;
  return steps;
}

/** Takes what goes beyond the cover's limit off the lines, the last first, and from none what was paid for it already. */
function capCover(
  lines: CalculatedLine[],
  remainingFen: number,
  { terms, used, paidFen }: { terms: PolicyTerms; used: CoverUse; paidFen: ReadonlyMap<string, number> },
): void {
  const { value: limitFen, certainty } = terms.coverLimitFen;
  let excess = lines.reduce((sum, { amountFen }) => sum + amountFen, 0) - remainingFen;
  for (const line of lines.toReversed()) {
    if (excess <= 0) return;
    const off = Math.min(excess, line.amountFen - Math.min(line.amountFen, paidFen.get(line.id) ?? 0));
    if (off === 0) continue;
    const params = { limitFen, usedFen: used.totalFen };
    line.steps.push({ code: 'cover_limit', clause: 'coverLimitFen', certainty, amountFen: -off, params });
    line.amountFen -= off;
    excess -= off;
  }
}

const step = (code: BenefitStep['code'], amountFen: number, params: BenefitStep['params'] = {}): BenefitStep => ({
  code,
  clause: null,
  certainty: null,
  amountFen,
  params,
});

const clauseOf =
  <T extends object>({ certainty }: Figure<T>, kind: BenefitKind) =>
  (figure: keyof T & string, code: BenefitStep['code'], amountFen: number, params: BenefitStep['params'] = {}) =>
    ({ code, clause: `${kind}.${figure}`, certainty, amountFen, params }) satisfies BenefitStep;

function sumOf(steps: readonly BenefitStep[]): number {
  return steps.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function pushUnlessZero(steps: BenefitStep[], added: BenefitStep): void {
  if (added.amountFen !== 0) steps.push(added);
}
