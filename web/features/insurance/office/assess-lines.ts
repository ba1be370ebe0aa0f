import type { AssessedLine, ClaimView } from '#domain/insurance/claim-contract.ts';
import type { BenefitKind } from '#domain/insurance/policy-terms.ts';
import { readYuan } from '../../../client/money.ts';

/** A line as it is typed. Which of its texts count depends on its kind. */
export type TypedLine = {
  id: string;
  kind: BenefitKind;
  claimedFen: number;
  cost: string;
  notCovered: string;
  stays: string;
  grade: number;
};

export type LineFault = 'cost' | 'notCovered' | 'tooMuch' | 'stays';

/** What the assessor begins with: what was assessed before, else what is claimed. */
export function typedLines(lines: ClaimView['lines']): TypedLine[] {
  return lines.map(({ id, kind, claimedFen, steps }) => {
    const step = (code: string) => steps.find((found) => found.code === code);
    const costFen = step('cost')?.amountFen ?? claimedFen;
    const days = step('days')?.params.days;
    const grade = step('grade')?.params.grade;
    return {
      ...emptyLine(id, kind),
      claimedFen,
      cost: kind === 'medical' && costFen ? yuanText(costFen) : '',
      notCovered: yuanText(-(step('not_covered')?.amountFen ?? 0)),
      stays: days === undefined ? '' : String(days),
      ...(grade !== undefined && { grade: Number(grade) }),
    };
  });
}

export function emptyLine(id: string, kind: BenefitKind): TypedLine {
  return { id, kind, claimedFen: 0, cost: '', notCovered: '', stays: '', grade: 10 };
}

/** As the API takes it, or what is wrong with it. */
export function readLine(line: TypedLine): AssessedLine | LineFault {
  const { id, kind } = line;
  switch (kind) {
    case 'medical': {
      const costFen = readYuan(line.cost);
      if (costFen === null) return 'cost';
      const notCoveredFen = line.notCovered.trim() ? readYuan(line.notCovered) : 0;
      if (notCoveredFen === null) return 'notCovered';
      return notCoveredFen > costFen ? 'tooMuch' : { id, kind, costFen, notCoveredFen };
    }
    case 'hospital': {
      const stays = line.stays
        .normalize('NFKC')
        .split(/[\s,、;]+/)
        .filter(Boolean)
        .map(Number);
      const isRight = stays.length > 0 && stays.length <= 20;
      return isRight && stays.every((days) => Number.isInteger(days) && days >= 1 && days <= 3660)
        ? { id, kind, stays }
        : 'stays';
    }
    case 'disability':
      return { id, kind, grade: line.grade };
    case 'death':
      return { id, kind };
  }
}

/** All lines as the API takes them; null when any is not right. */
export function readLines(lines: readonly TypedLine[]): AssessedLine[] | null {
  const read = lines.map(readLine);
  return read.every((line) => typeof line !== 'string') ? read : null;
}

function yuanText(fen: number): string {
  if (fen === 0) return '';
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}
