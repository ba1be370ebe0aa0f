import type { CoordinateSystem } from '../../geo/coordinates.ts';
import { foldText } from './fold-text.ts';

/** What a column of a file can mean to us. `coordinates` is a pair in one column. */
export const IMPORT_FIELDS = [
  'externalId',
  'name',
  'nameEn',
  'district',
  'street',
  'address',
  'lng',
  'lat',
  'coordinates',
  'phone',
  'services',
  'hours',
  'season',
  'price',
  'facilities',
  'capacity',
  'access',
  'accessNote',
  'organisation',
  'status',
  'statusUntil',
  'note',
  'source',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which column says what: positions in the header, from 0. */
export type ColumnMapping = Partial<Record<ImportField, number>>;

export interface ColumnMatch {
  mapping: ColumnMapping;
  /** One for each column of the header. `confidence` is 1 for a header we know, less for one that holds a known word. */
  columns: { header: string; field: ImportField | null; confidence: number }[];
  /** Columns with a header that we can't place, and those whose field another column has already. */
  unmatched: number[];
  /** The coordinate system that the headers themselves name. A hint, never an answer. */
  statedCrs: CoordinateSystem | null;
}

/**
 * Headers as lists in the wild spell them, folded and without blanks and punctuation. The first few of each are the
 * usual ones; a header that only *contains* one of two or more characters counts too, with less confidence.
 */
const SPELLINGS: Record<ImportField, string> = {
  externalId:
    '编号 编码 站点编号 站点编码 站点id 驿站编号 唯一编号 唯一编码 唯一标识 统一编码 id code externalid siteid stationid ref',
  name: '名称 站点名称 驿站名称 服务站名称 服务站点名称 场所名称 网点名称 点位名称 机构名称 单位名称 站名 站点 驿站 name sitename stationname title',
  nameEn: '英文名 英文名称 nameen englishname nameenglish',
  district: '区 行政区 所属区 所在区 区县 县区 所属区县 辖区 区域 所属区域 district county',
  street:
    '街道 镇街 镇街道 街镇 街道镇 街道乡镇 乡镇街道 所属街道 所在街道 所属镇街 所在镇街 所属街道镇 street subdistrict town township',
  address:
    '地址 详细地址 具体地址 站点地址 驿站地址 所在地址 地点 位置 具体位置 详细位置 地理位置 门牌地址 address location addr',
  lng: '经度 东经 坐标经度 经度坐标 地图经度 x x坐标 lng lon long longitude',
  lat: '纬度 北纬 坐标纬度 纬度坐标 地图纬度 y y坐标 lat latitude',
  coordinates:
    '坐标 经纬度 地理坐标 位置坐标 地图坐标 经纬度坐标 坐标经纬度 定位 gps gps坐标 coordinates coordinate coords lnglat latlng latlon lonlat geo point',
  phone:
    '电话 联系电话 电话号码 联系方式 服务电话 咨询电话 固定电话 手机 手机号 手机号码 phone tel telephone mobile contact',
  services: '服务 服务类型 服务项目 服务类别 站点类型 驿站类型 类型 类别 站点类别 services service type category kind',
  hours:
    '开放时间 营业时间 服务时间 开放时段 服务时段 开门时间 工作时间 对外开放时间 时间 hours openinghours opening_hours businesshours opentime',
  season: '季节 开放季节 season',
  price: '收费 价格 是否收费 收费标准 费用 收费情况 是否免费 price fee cost',
  facilities:
    '设施 设备 配套设施 服务设施 设施设备 设备设施 配套 配备设施 硬件设施 基本设施 设施配备 服务内容 服务功能 功能 facilities facility amenities equipment',
  capacity: '容量 座位数 容纳人数 可容纳人数 capacity seats',
  access: '进入方式 准入方式 开放对象 服务对象 进门方式 是否对外开放 access howtogetin',
  accessNote: '进入说明 到达方式 怎么走 交通指引 指引 accessnote directions',
  organisation:
    '单位 建设单位 主办单位 所属单位 管理单位 运营单位 责任单位 申报单位 共建单位 建站单位 organisation organization operator owner',
  status: '状态 站点状态 运营状态 使用状态 开放状态 status state',
  statusUntil: '恢复日期 恢复开放日期 statusuntil reopens',
  note: '备注 说明 其他 补充说明 note notes remark remarks comment',
  source: '来源 数据来源 source',
};

const KNOWN = new Map<string, ImportField>();
for (const field of IMPORT_FIELDS) for (const word of SPELLINGS[field].split(' ')) KNOWN.set(bare(word), field);
/** Longest first, so that 坐标经度 is found before 坐标. A single character inside a header says too little. */
const WORDS = [...KNOWN.keys()].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
/** Latin words only as whole headers: `x` and `id` are parts of too many others. */
const CHINESE_WORDS = WORDS.filter((word) => /\p{Script=Han}/u.test(word));

const BRACKETED = /[([{【〔<《「].*?[)\]}】〕>》」]/g;

/** Finds out what each column means by its header. The person sees the result and may change it. */
export function matchColumns(header: readonly string[]): ColumnMatch {
  const columns = header.map((text) => ({ header: text, ...matchHeader(text) }));
  const mapping: ColumnMapping = {};
  const byConfidence = columns
    .map((_, i) => i)
    .sort((a, b) => columns[b]!.confidence - columns[a]!.confidence || a - b);
  for (const i of byConfidence) {
    const { field } = columns[i]!;
    if (field === null) continue;
    if (mapping[field] === undefined) mapping[field] = i;
    else columns[i] = { header: header[i]!, field: null, confidence: 0 };
  }
  const unmatched = columns.flatMap(({ field }, i) => (field === null && header[i] !== '' ? [i] : []));
  return { mapping, columns, unmatched, statedCrs: statedSystem(header) };
}

/**
 * How many different fields a row of cells surely names. What tells a header from title rows above it, and from values:
 * 金山街道 holds the word 街道 but is no header.
 */
export function countKnownColumns(cells: readonly string[]): number {
  return new Set(
    cells.flatMap((cell) => {
      const { field, confidence } = matchHeader(cell);
      return field !== null && confidence >= 0.9 ? field : [];
    }),
  ).size;
}

/** The longest text that can be a header; a note of half a page also holds the word 地址. */
const MAX_HEADER_LENGTH = 40;

function matchHeader(text: string): { field: ImportField | null; confidence: number } {
  if (text === '' || text.length > MAX_HEADER_LENGTH) return { field: null, confidence: 0 };
  const folded = foldText(text);
  const whole = KNOWN.get(bare(folded));
  if (whole) return { field: whole, confidence: 1 };
  const outside = bare(folded.replace(BRACKETED, ''));
  const plain = KNOWN.get(outside) ?? KNOWN.get(outside.replace(SYSTEM_WORDS, ''));
  if (plain) return { field: plain, confidence: 0.9 };
  const word = CHINESE_WORDS.find((known) => outside.includes(known));
  // A value such as 厦门市湖里区金山街道 holds 街道 as well; a header is hardly longer than the word it is made of.
  if (word && outside.length <= word.length + 6) return { field: KNOWN.get(word)!, confidence: 0.6 };
  return { field: null, confidence: 0 };
}

const SYSTEM_WORDS = /wgs-?84|gcj-?0?2|bd-?0?9(ll)?|高德|腾讯|百度|火星|地球|国测局|天地图|cgcs-?2000/g;

const SYSTEM_NAMES: [RegExp, CoordinateSystem][] = [
  [/bd-?0?9|百度|baidu/, 'BD09'],
  [/gcj-?0?2|高德|腾讯|火星|国测局|amap/, 'GCJ02'],
  [/wgs-?84|cgcs-?2000|天地图|gps/, 'WGS84'],
];

function statedSystem(header: readonly string[]): CoordinateSystem | null {
  const stated = new Set(
    header.flatMap((text) => {
      const folded = foldText(text);
      const { field } = matchHeader(text);
      if (field !== 'lng' && field !== 'lat' && field !== 'coordinates' && !folded.includes('坐标')) return [];
      return SYSTEM_NAMES.find(([name]) => name.test(folded))?.[1] ?? [];
    }),
  );
  return stated.size === 1 ? [...stated][0]! : null;
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
