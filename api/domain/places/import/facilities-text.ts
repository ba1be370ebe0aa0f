import { FACILITIES, type Facility } from '../catalogue.ts';
import type { Facilities } from '../site.ts';
import { foldText } from './fold-text.ts';

/** How lists name facilities, folded. The longest word that fits wins, so 电动车充电 is not a phone's charger. */
const WORDS: Record<Facility, string> = {
  phone_charging:
    '充电 手机充电 充电插座 充电宝 共享充电宝 充电器 充电线 充电口 充电柜 手机充电柜 手机充电站 手机加油站 插座 电源插座 电源 usb接口 phone_charging phone-charging charging charger',
  toilet: '厕所 卫生间 洗手间 公厕 公共厕所 公共卫生间 盥洗室 如厕 wc toilet restroom',
  aircon: '空调 冷气 冷暖空调 空调设备 aircon air-conditioning air-conditioner ac',
  seating: '座椅 桌椅 休息桌椅 椅子 座位 沙发 桌子 凳子 休息椅 休息区 休息座椅 座凳 板凳 seating seats chairs',
  microwave: '微波炉 热饭 加热饭菜 饭菜加热 热饭设备 加热饭 微波加热 microwave',
  drinking_water:
    '饮水机 饮水 饮用水 开水 热水 直饮水 矿泉水 瓶装水 凉茶 茶水 热水器饮水 喝水 加水 饮水设备 冷热饮水机 drinking_water drinking-water water',
  fridge: '冰箱 冰柜 冷藏柜 fridge refrigerator',
  first_aid:
    '药箱 急救箱 医药箱 急救包 常用药品 应急药品 常用药 药品 防暑药品 小药箱 医疗箱 急救药箱 first_aid first-aid',
  wifi: 'wifi wi-fi 无线网 无线网络 无线上网 无线wifi 无线 免费wifi 网络 上网',
  rain_gear: '雨伞 雨衣 雨具 爱心伞 爱心雨伞 共享雨伞 便民伞 便民雨伞 rain_gear umbrella umbrellas raincoat',
  books: '图书 书籍 书刊 报刊 书报 阅读 图书角 职工书屋 书屋 报纸 杂志 书架 阅读角 图书报刊 books',
  ebike_charging:
    '电动车充电 电瓶车充电 电动车充电桩 电瓶车充电桩 电动自行车充电 电动自行车充电桩 换电柜 换电 充电桩 充换电 充换电柜 电动车换电 ebike_charging ebike-charging',
  tyre_pump: '打气筒 充气 充气泵 打气 打气泵 tyre_pump pump',
  recliner: '躺椅 午休椅 折叠床椅 按摩椅 recliner',
  shower: '淋浴 洗澡 冲凉 淋浴间 浴室 洗浴 沐浴 shower',
  laundry: '洗衣 洗衣机 洗衣房 烘干机 晾衣 laundry',
  parking: '停车 停车位 停车场 停车区 车位 电动车停放 停车点 parking',
  bed: '床 床位 床铺 住宿 折叠床 午休床 休息床 bed beds',
  tools: '工具 工具箱 维修工具 修车工具 五金工具 针线包 针线盒 修理工具 tools',
  aed: 'aed 除颤仪 除颤器 自动体外除颤器 体外除颤器',
};

type Meaning = { facility: Facility } | 'no' | 'yes' | 'joint' | 'filler';

const MEANINGS = new Map<string, Meaning>();
function mean(words: string, meaning: Meaning): void {
  for (const word of words.split(' ')) MEANINGS.set(word, meaning);
}
mean(
  '不能使用 不可使用 未配备 未设置 未提供 不提供 不支持 没有 暂无 不能 不可 未设 缺少 无 没 不含 不带 缺 without not no',
  'no',
);
mean('均有 都有 配备 配有 设有 提供 内设 备有 有 with has have', 'yes');
mean('和 及 与 以及 或 and or', 'joint');
mean('可以 支持 免费 可 能 含 带 设施 设备 服务 使用 供应 若干 公用 公共 等 的 内 了 free yes 是', 'filler');
for (const facility of FACILITIES) mean(WORDS[facility], { facility });

/** By first character, longest first. */
const BY_START = new Map<string, string[]>();
for (const word of [...MEANINGS.keys()].sort((a, b) => b.length - a.length)) {
  BY_START.set(word[0]!, [...(BY_START.get(word[0]!) ?? []), word]);
}

const WHOLE_NEGATION = /^(?:无|没有|暂无|否|none|n\/a|-+|不详|未知)$/;
/** `厕所：无`, `空调√`: a verdict behind its word. */
const VERDICT_NO = /^[:= (]*(?:无|没有|暂无|否|no|×|✗|✘|x(?![a-z])|0(?!\d))[) ]*$/;
const VERDICT_YES = /^[:= (]*(?:有|是|yes|√|✓|✔|1(?!\d))[) ]*$/;
const COUNT = /^(?:\d{1,4}|[一二两三四五六七八九十]) ?[个台把张套部只间处组件位排]?/;

export interface FacilitiesRead {
  /** `true` has, `false` has not; what is not mentioned, or is said both ways, is absent. */
  facilities: Facilities;
  /** What was not understood, as written, without repeats. */
  unknown: string[];
}

/**
 * Reads facilities from free text such as 空调、饮水机、微波炉、无厕所、可充电. A negation holds up to the next comma
 * and over 和 and 及: 没有空调和厕所 denies both, 无厕所、淋浴 only the first.
 */
export function readFacilities(text: string): FacilitiesRead {
  const facilities: Facilities = {};
  const unknown = new Set<string>();
  const both = new Set<Facility>();
  const say = (facility: Facility, has: boolean) => {
    if (facilities[facility] !== undefined && facilities[facility] !== has) both.add(facility);
    facilities[facility] = has;
  };
  for (const phrase of text.split(/[，,、；;|/\n\r\t。·•]+/)) {
    const folded = foldText(phrase);
    if (folded === '' || WHOLE_NEGATION.test(folded)) continue;
    for (const rest of readPhrase(folded, say)) unknown.add(rest);
  }
  for (const facility of both) {
    delete facilities[facility];
    unknown.add(WORDS[facility].split(' ')[0]!);
  }
  return { facilities, unknown: [...unknown] };
}

/** Walks through one phrase; what it could not place is returned. */
function readPhrase(phrase: string, say: (facility: Facility, has: boolean) => void): string[] {
  const left: string[] = [];
  let has = true;
  let at = 0;
  /** Where the text that is not placed yet began, and whether it holds more than fillers. */
  let start = 0;
  let isStray = false;
  const close = (next: number): void => {
    const text = phrase.slice(start, at).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (isStray && text !== '') left.push(text);
    [at, start, isStray] = [next, next, false];
  };
  while (at < phrase.length) {
    const rest = phrase.slice(at);
    const word = BY_START.get(phrase[at]!)?.find((known) => startsWithWord(rest, known));
    const meaning = word === undefined ? undefined : MEANINGS.get(word)!;
    if (typeof meaning === 'object') {
      const behind = rest.slice(word!.length);
      const [no, yes] = [VERDICT_NO.test(behind), VERDICT_YES.test(behind)];
      say(meaning.facility, no ? false : yes ? true : has);
      close(no || yes ? phrase.length : at + word!.length);
    } else if (meaning === 'joint') {
      close(at + word!.length);
    } else if (meaning !== undefined && !isStray) {
      if (meaning !== 'filler') has = meaning === 'yes';
      at += word!.length;
    } else {
      const count: string | undefined = isStray ? undefined : COUNT.exec(rest)?.[0];
      isStray ||= count === undefined && /[\p{L}\p{N}]/u.test(phrase[at]!);
      at += count?.length ?? 1;
    }
  }
  close(phrase.length);
  return left;
}

/** A Latin word must end where it ends: `ac` is not in `access`. */
function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && !(/[a-z]$/.test(word) && /^[a-z]/.test(text.slice(word.length)));
}
