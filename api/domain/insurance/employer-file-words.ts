import type { EmployerIssue } from './employer-file.ts';
import type { EmployerColumn, EmployerIssueCode } from './employer-file-states.ts';

type Params = Record<string, string | number>;
type Words = Record<EmployerIssueCode, (params: Params) => string>;

/** What is wrong with a row and what to do about it: on the screen, and in the list of errors that can be taken away. */
const ISSUE_WORDS: Record<'zh' | 'en', Words> = {
  zh: {
    name_missing: () => '没有姓名。请填写。',
    name_bad: () => '姓名太长，或者有不能用的字符。请按身份证填写。',
    id_missing: () => '没有身份证号。请填写。',
    id_shape: () => '身份证号应为18位：17位数字加一位数字或X。',
    id_birth_day: () => '身份证号里的出生日期（第7到14位）不存在。请对照证件检查。',
    id_check_digit: () => '身份证号的最后一位与前面不符，某一位输错了。请对照证件检查。',
    id_rounded: () => '身份证号被表格存成了数字，后几位已丢失。请把这一列设为“文本”后重新填写。',
    phone_missing: () => '没有手机号。请填写，工人会收到参保通知。',
    phone_bad: () => '手机号应为1开头的11位数字。',
    days_missing: () => '没有写要参保的日期。请填开始日期（和结束日期或天数），或者填日期。',
    day_unreadable: () => '日期看不懂，或者没有这一天。请写成 2026-12-01。',
    days_reversed: () => '结束日期早于开始日期。',
    days_disagree: ({ days }) => `天数与起止日期不符：从开始到结束是${days}天。`,
    count_bad: ({ most }) => `天数应为1到${most}的整数。`,
    list_too_long: ({ most }) => `一行最多${most}天。`,
    too_soon: ({ day, earliest }) => `${day}已不能参保，最早可从${earliest}开始。`,
    too_far_ahead: ({ day, latest }) => `${day}太远了，最晚可到${latest}。`,
    too_many_days: ({ mostDays }) => `一次最多参保${mostDays}天。`,
    too_young: ({ day, minAge }) => `${day}时未满${minAge}周岁，不能参保。`,
    too_old: ({ day, maxAge }) => `${day}时已超过${maxAge}周岁，不能参保。`,
    no_terms: () => '这些日期还没有生效的条款，不能参保。',
    terms_change: () => '条款在这些日期之间变更。请把变更前后的日期分成两行。',
    twice: ({ row, days }) => `与第${row}行是同一个人，日期重复：${days}。`,
    name_differs: ({ row }) =>
      row === 0 ? '这个身份证号在这里登记的是另一个姓名。请核对。' : `与第${row}行身份证号相同，但姓名不同。请核对。`,
    days_taken: ({ days }) => `这些日期已经参保，或正在等待付款：${days}。请去掉这些日期。`,
    cell_too_long: () => '有一格内容太长。',
    too_many_cells: () => '这一行的格子比表头多，可能多了逗号。',
  },
  en: {
    name_missing: () => 'There is no name. Fill it in.',
    name_bad: () => 'The name is too long or has characters that no name has. Write it as on the ID card.',
    id_missing: () => 'There is no ID number. Fill it in.',
    id_shape: () => 'An ID number has 18 characters: 17 digits, and a digit or X.',
    id_birth_day: () => 'The birth day in the ID number (7th to 14th digit) does not exist. Compare it with the card.',
    id_check_digit: () =>
      'The last character of the ID number does not fit: one is mistyped. Compare it with the card.',
    id_rounded: () =>
      'The spreadsheet has stored the ID number as a number and lost its last digits. Format the column as text and type it again.',
    phone_missing: () => 'There is no phone number. Fill it in: the worker is told by message.',
    phone_bad: () => 'A mobile number has 11 digits and begins with 1.',
    days_missing: () => 'No days are given. Fill in the first day (and the last, or how many), or a list of days.',
    day_unreadable: () => 'A day cannot be read, or does not exist. Write it as 2026-12-01.',
    days_reversed: () => 'The last day is before the first.',
    days_disagree: ({ days }) => `From the first to the last there are ${days} days, but another number is given.`,
    count_bad: ({ most }) => `The number of days must be a whole number from 1 to ${most}.`,
    list_too_long: ({ most }) => `A row has at most ${most} days.`,
    too_soon: ({ day, earliest }) => `${day} cannot be insured any more. The first day is ${earliest}.`,
    too_far_ahead: ({ day, latest }) => `${day} is too far ahead. The last day is ${latest}.`,
    too_many_days: ({ mostDays }) => `At most ${mostDays} days can be bought at once.`,
    too_young: ({ day, minAge }) => `On ${day} the person is younger than ${minAge}.`,
    too_old: ({ day, maxAge }) => `On ${day} the person is older than ${maxAge}.`,
    no_terms: () => 'No policy terms hold for these days yet.',
    terms_change: () => 'The policy terms change between these days. Put the days before and after in two rows.',
    twice: ({ row, days }) => `The same person as in row ${row}, with the same days: ${days}.`,
    name_differs: ({ row }) =>
      row === 0
        ? 'Another name is kept here with this ID number. Check both.'
        : `The same ID number as in row ${row}, but another name. Check both.`,
    days_taken: ({ days }) => `Insured already, or waiting for a payment: ${days}. Take these days out.`,
    cell_too_long: () => 'A cell is too long.',
    too_many_cells: () => 'The row has more cells than the header; perhaps a comma too many.',
  },
};

export const COLUMN_WORDS: Record<'zh' | 'en', Record<EmployerColumn, string>> = {
  zh: { name: '姓名', id_number: '身份证号', phone: '手机号', from: '开始', to: '结束', count: '天数', days: '日期' },
  en: {
    name: 'Name',
    id_number: 'ID number',
    phone: 'Phone',
    from: 'First day',
    to: 'Last day',
    count: 'Number of days',
    days: 'Days',
  },
};

export function employerIssueWords(
  { code, params = {} }: Pick<EmployerIssue, 'code'> & { params?: Params | undefined },
  language: 'zh' | 'en',
): string {
  return ISSUE_WORDS[language][code](params);
}
