import { parse } from 'csv-parse/sync';
import { PaymentProblem, type TradeBillRow } from './payment-provider.ts';

/**
 * Reads a trade bill of the kind ALL: a line of titles, one line per payment or refund with a ` before each value, then
 * two lines of sums, against which the rows are checked. Money is in yuan with two decimals. Throws `PaymentProblem`.
 */
export function readTradeBill(text: string): TradeBillRow[] {
  const records: string[][] = parse(text, {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const titles = records[0] ?? [];
  const sumAt = records.findIndex(([first]) => first === '总交易单数');
  if (!titles.includes('交易时间') || sumAt < 1 || records.length !== sumAt + 2) throw broken('has another form');
  const columnOf = (name: string, among = titles) => {
    const column = among.indexOf(name);
    if (column < 0) throw broken(`has no column ${name}`);
    return column;
  };
  const column = {
    at: columnOf('交易时间'),
    providerRef: columnOf('微信订单号'),
    tradeNo: columnOf('商户订单号'),
    state: columnOf('交易状态'),
    refundRef: columnOf('微信退款单号'),
    refundNo: columnOf('商户退款单号'),
    paid: columnOf('订单金额'),
    refunded: columnOf('申请退款金额'),
  };
  const rows = records.slice(1, sumAt).map((record): TradeBillRow => {
    const values = plain(record);
    const at = new Date(`${values[column.at]!.replace(' ', 'T')}+08:00`);
    if (Number.isNaN(at.getTime())) throw broken('has a row without its time');
    const tradeNo = values[column.tradeNo]!;
    switch (values[column.state]) {
      case 'SUCCESS': {
        const providerRef = values[column.providerRef]!;
        return { kind: 'payment', tradeNo, refundNo: null, providerRef, amountFen: fenOf(values[column.paid]), at };
      }
      case 'REFUND': {
        const [refundNo, providerRef] = [values[column.refundNo]!, values[column.refundRef]!];
        return { kind: 'refund', tradeNo, refundNo, providerRef, amountFen: -fenOf(values[column.refunded]), at };
      }
      default:
        throw broken('has a row of a kind that this service never makes');
    }
  });
  assertSums(rows, records[sumAt]!, plain(records[sumAt + 1]!), columnOf);
  return rows;
}

function assertSums(
  rows: readonly TradeBillRow[],
  titles: string[],
  sums: string[],
  columnOf: (name: string, among: string[]) => number,
): void {
  const sumOf = (kind: TradeBillRow['kind']) =>
    rows.reduce((sum, row) => (row.kind === kind ? sum + Math.abs(row.amountFen) : sum), 0);
  const isWhole =
    Number(sums[columnOf('总交易单数', titles)]) === rows.length &&
    fenOf(sums[columnOf('订单总金额', titles)]) === sumOf('payment') &&
    fenOf(sums[columnOf('申请退款总金额', titles)]) === sumOf('refund');
  if (!isWhole) throw broken('does not come to its own sums');
}

const plain = (record: readonly string[]) => record.map((value) => value.replace(/^`/, '').trim());

/** `12.30` is 1230 fen. */
function fenOf(yuan: string | undefined): number {
  const [, whole, decimals = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(yuan ?? '') ?? [];
  if (whole === undefined) throw broken('has an amount that is none');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
}

const broken = (what: string) => new PaymentProblem('unreachable', `A trade bill of WeChat Pay ${what}.`);
