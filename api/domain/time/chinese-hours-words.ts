import type { ChineseHoursReason } from './chinese-hours-reasons.ts';

/**
 * The words of a text other than days, dates and times, in plain form. Every expression is sticky and bounded, without
 * nested repetition, so that reading takes time in proportion to the text.
 */
export const CONNECTOR = /[、&和及与]|以及/y;
export const COMMA = /[,/|+]+/y;
export const STOP = /[;。\n]+/y;
export const OPEN_BRACKET = /[([{【〔]/y;
export const OPENING = '([{【〔';
export const CLOSING = ')]}】〕';

export const ALL_DAY = oneOf(
  '(?:全天候?|全日|整天|昼夜|日夜)?(?:24|二十四)\\s?个?(?:小时|h(?:ours?|rs?)?(?![a-z]))(?:[x*×]?7天?(?![\\d:])|/[天日])?(?:制|全天候?)?',
  '7天?[x*×]?24(?:个?小时|h)?(?![\\d:])',
  '24(?:个?小时|h)?[x*×]7天?(?![\\d:])',
  '24/7',
  '全天候?',
  '全日|整天|昼夜|日夜',
  '[0零][点时]?(?:[-~]{1,2}|[至到])24(?:[点时]|(?![\\d:.]))',
);
export const NO_BREAK = oneOf(
  '(?:中午|午间|中途|午休|午)(?:时间)?(?:不休息?|不打烊|不关门|无休|不间断|正常营业|照常)',
  '不午休',
);
export const BREAK = /(?:午休|午间休息|中午休息|午间闭馆|中午闭馆|中场休息|午餐休息|休息(?=时间))(?:时间)?/y;
export const USUAL = oneOf(
  '(?:照常|正常|也|均|都)(?:对外)?(?:开放|营业|服务|上班|开门)(?!时)',
  '照常',
  '(?:均|都)?不(?:休息?|打烊|放假|关门|闭馆)',
  '无休',
);
export const HOLIDAYS_INCLUDED = /(?:包括|包含|含)(?:国家)?(?:法定)?节?假日(?:在内)?/y;
export const EXCEPT_BEFORE = /除了?(?![外夕])|不(?:包括|包含|含)/y;
export const EXCEPT_AFTER = /除外|[以之]?外/y;
export const OFF = oneOf(
  '(?:均|都|全天)?(?:不(?:对外)?(?:开放|营业|服务|上班|办公|开门|开)|停止(?:营业|开放|服务)|休息(?!日)|休馆|休业|店休|公休(?!日)|闭馆|闭店|闭站|关闭|关门|停业|放假|休(?!闲))',
);
export const OTHERS = /平[时常]|其[余他它](?:时间段?|时段|时候|月份|季节|日期|日子|各?天)?(?:均|都|则)?/y;
export const SEASON = oneOf(
  '(?:夏秋|冬春|春夏|秋冬|春秋|[春夏秋冬])(?:季(?:节)?|令(?:时间?)?|天|时制|时间)',
  '春夏|夏秋|秋冬|冬春',
  '[夏冬](?=[:(\\d\\s])',
  '旺季|淡季|暑期|汛期|供暖季|高温(?:季节|天气|期间|期)?',
);
export const NAMED_HOLIDAY = oneOf(
  '(?:农历)?(?:春节|除夕|大年[初三][一二三四五六七八十]?|正月初?[一二三四五六七八九十]{0,3}|初[一二三四五六七八九十]|过年|国庆节?|元旦节?|清明节?|五一(?:劳动节)?|劳动节|端午节?|中秋节?|十一(?![月点时至到-]))(?:法定)?(?:假期|假日|放假|长假|黄金周)?(?:期间|当天|前后)?',
);
const REST = '[^\\d;。\\n(),]';
export const VAGUE: [RegExp, ChineseHoursReason][] = [
  [
    oneOf(
      `不定[时期]|待定|未定|待(?:确认|核实|通知|补充)|不固定|不确定|无固定(?:时间)?|弹性|灵活|随时|大约|大概|约(?=\\d)`,
      `视${REST}{0,12}(?:而定|情况)|看情况|另行(?:通知|公告)|等?通知|机动|不规律|不一定|可能|有时|偶尔|基本上?`,
    ),
    'not_fixed',
  ],
  [
    oneOf(
      `[与和跟]${REST}{1,20}(?:一致|相同|同步|一样)`,
      `(?:同(?!安)|随)${REST}{0,12}?(?:营业时间|开放时间|时间|开放|营业|一致)`,
      `随(?:商场|门店|店|银行|园区|公园|网点|单位)`,
      `(?:同上|同左|见${REST}{1,8}|详[询见情]|(?:电话|来电|微信)?咨询|致电|电联|请电|来电|参[照见考]|跟随|依照)${REST}{0,12}`,
      `按${REST}{0,12}(?:时间|规定|安排|公告)|(?:具体)?(?:时间)?以${REST}{0,20}为准`,
    ),
    'refers_elsewhere',
  ],
  [
    oneOf(
      `(?:临时|暂时?|已经?)(?:停用|停止|停业|关闭|关停|关门|撤销|撤除|撤|拆除|搬迁|封闭|不开放?|未开放|停)${REST}{0,6}`,
      `暂停${REST}{0,6}|停用|未(?:启用|开放|开业|建成|投用)|尚未${REST}{0,6}|筹建中?|在?建设?中|装修中?|维修中?|(?:升级)?改造中?`,
    ),
    'closed_for_now',
  ],
  [
    oneOf(
      '寒暑假(?:期间)?|[寒暑]假(?:期间)?|学期(?:内|间)?|开学(?:后|期间)?|隔[天日周]|单[周双]日?|双周|双[号日](?!休)|单[号日]',
      `(?:每月|(?:当月)?第[一二三四五1-5]个?(?:周|星期)|最后一?个?(?:周|星期))${REST}{0,12}|[雨雪]天|恶劣天气|台风|日[出落]|天[亮黑]`,
    ),
    'not_expressible',
  ],
];
export const FILLER = oneOf(
  '(?:目前|现|实行)?(?:对外)?(?:营业|开放|服务|工作|办公|上班|值班|运营|作息|接待|使用|供应|供餐|用餐|就餐)(?:时间|时段|日期)?',
  '开门|对外|提供|时间段?|时段|日期|正常|期间|每年|当[日天]|均|都|全部|一周|分别|[自从](?=[\\d上下早晚周星])|仅限?|[为是的则:]',
);
export const PHONE = /(?:联系|咨询|服务)?(?:电话|手机|tel)[:.]?\s?[\d-]{5,18}/y;
export const REMARK = /(?:备注|注意|注|说明|提示):/y;
const ABOUT_HOURS =
  /\d|[周点时午晚早夜晨季休节假春夏秋冬关闭停除]|星期|礼拜|[每昨今明次]|工作日|平日|营业|开放|[一二三四五六七八九十]/;
const NOT_HOURS = /[\d一二三四五六七八九十]{1,4}[楼层室元人个台号米位块%]|[\d-]{7,20}|停车位?/g;

/** Whether words that were not understood may still be about hours; （一楼，凭工会卡） is not. */
export function mayBeAboutHours(text: string): boolean {
  return ABOUT_HOURS.test(text.replace(NOT_HOURS, ''));
}

/** Words after the hours and outside brackets that cannot change them: 凭工会卡进入. */
export function isPlainRemark(text: string): boolean {
  return !mayBeAboutHours(text) && !/[不无未没非或可仅只约]/.test(text);
}

/** 无 and the like in a cell of their own. */
export const NOT_GIVEN =
  /^(?:[-/\\.?*x—]{0,6}|无|暂无|没有|空|未知|不详|不清楚|未提供|未填写?|n\/?a|null|none|nil|undefined|unknown)$/;

function oneOf(...expressions: string[]): RegExp {
  return new RegExp(expressions.join('|'), 'y');
}

const SAME: [RegExp, string][] = [
  [/[‐‑‒–—―−─━﹣]/g, '-'],
  [/[〜∼˜⁓]/g, '~'],
  [/[∶︰]/g, ':'],
  [/[·•]/g, ','],
  [/[\u200b-\u200f\ufeff"'“”‘’「」]/g, ''],
  [/\s*[\r\n\u2028\u2029]\s*/g, ';'],
];
const TRADITIONAL = '週點時節號開營業無間雙國慶後禮關閉當兩餘從為';
const SIMPLIFIED = '周点时节号开营业无间双国庆后礼关闭当两余从为';

/** Full-width signs, the many dashes and colons, capitals, traditional characters and lines in one plain form. */
export function plainForm(text: string): string {
  const alike = SAME.reduce(
    (written, [expression, plain]) => written.replace(expression, plain),
    text.trim(),
  ).normalize('NFKC');
  return [...alike.toLowerCase()]
    .map((sign) => (TRADITIONAL.includes(sign) ? SIMPLIFIED[TRADITIONAL.indexOf(sign)] : sign))
    .join('')
    .trim();
}
