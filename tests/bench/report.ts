/** What a measurement promises: `floor` must hold, `aim` is reached for. */
export type Goal = { kind: 'floor' | 'aim' } & ({ atLeast: number } | { atMost: number });

/** One line of the report. */
export type Measure = { name: string; value: number; unit: string; goals?: Goal[]; note?: string };

/** What one part of the bench found; `skipped` says why nothing was measured. */
export type Section = { title: string; measures: Measure[]; skipped?: string; notes?: string[] };

function holds(value: number, goal: Goal): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function goalText(value: number, goal: Goal): string {
  const bound = 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
  return `${goal.kind} ${bound}: ${holds(value, goal) ? 'holds' : 'MISSED'}`;
}

/** A section as a Markdown table, which is readable in a terminal too. */
export function formatSection({ title, measures, skipped, notes = [] }: Section): string {
  const lines = [`## ${title}`, ''];
  if (skipped) lines.push(`Skipped: ${skipped}`, '');
  if (measures.length > 0) {
    const rows = measures.map(({ name, value, unit, goals = [], note }) => [
      name,
      `${formatNumber(value)} ${unit}`.trim(),
      [...goals.map((goal) => goalText(value, goal)), ...(note ? [note] : [])].join('; '),
    ]);
    const widths = [0, 1, 2].map((column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
    const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
    lines.push(line(['what', 'value', 'goal']), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), '');
  }
  for (const note of notes) lines.push(`- ${note}`);
  if (notes.length > 0) lines.push('');
  return lines.join('\n');
}

function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not measured';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
