import type { Access, Price, Service, SiteStatus } from '../catalogue.ts';
import { foldText } from './fold-text.ts';

/**
 * Words that stand for one of a closed list. Order matters: the first word found in a text decides, and longer or more
 * telling words come first (不收费 before 收费).
 */
type Words<T> = readonly (readonly [words: RegExp, code: T])[];

/** Chinese words anywhere in a text, Latin ones as whole words. */
function anyOf(words: string): RegExp {
  const patterns = words
    .split(' ')
    .map((word) => (/^[a-z_]+$/.test(word) ? `(?<![a-z])${word.replaceAll('_', '[ _-]')}(?![a-z])` : word));
  return new RegExp(patterns.join('|'));
}

const PRICE_WORDS: Words<Price> = [
  [anyOf('不收费 不要钱 免费 无偿 free 公益'), 'free'],
  [anyOf('优惠 折扣 打折 折 低价 补贴 discount'), 'discount'],
  [anyOf('收费 付费 有偿 自费 元 paid'), 'paid'],
];

const ACCESS_WORDS: Words<Access> = [
  [anyOf('仅限内部 仅限员工 仅限职工 仅限本单位 不对外 不开放 内部使用 内部职工 staff'), 'staff'],
  [anyOf('扫码 密码 门禁 刷脸 人脸 刷卡 小程序 二维码 code app qr'), 'code'],
  [anyOf('登记 询问 敲门 前台 告知 联系 工作人员 ask'), 'ask'],
  [anyOf('对外开放 全开放 敞开 自由进入 直接进入 无门禁 面向社会 户外劳动者 所有人 公众 开放 是 open'), 'open'],
];

const STATUS_WORDS: Words<SiteStatus> = [
  [anyOf('closed_for_good 撤销 注销 取消 永久关闭 已关闭 撤站 拆除 停办 关停'), 'closed_for_good'],
  [anyOf('closed_for_now 暂停 暂时关闭 未开放 不开放 装修 维修 停用 升级改造 整改 歇业 停业'), 'closed_for_now'],
  [anyOf('planned 规划 在建 筹建 拟建 建设中 待建 未建成'), 'planned'],
  [anyOf('open 正常 开放 运营 营业 启用 使用中 在用 已建成 投入使用 是'), 'open'],
];

const SERVICE_WORDS: Words<Service> = [
  [anyOf('free_meal 免费餐 爱心餐 免费用餐 免费午餐 爱心午餐 用餐 就餐 社区食堂 食堂 供餐'), 'free_meal'],
  [anyOf('insurance_office 益鹭保 理赔 保险 参保'), 'insurance_office'],
  [anyOf('mediation 调解 纠纷'), 'mediation'],
  [anyOf('legal_aid 法律援助 法律咨询 法律服务 普法'), 'legal_aid'],
  [anyOf('union_desk 工会窗口 入会 工会服务 会员服务'), 'union_desk'],
  [anyOf('government_desk 政务 便民服务 行政服务'), 'government_desk'],
  [anyOf('platform_desk 平台企业 平台窗口'), 'platform_desk'],
  [anyOf('driver_home 司机之家'), 'driver_home'],
  [anyOf('social_insurance 社保 社会保险'), 'social_insurance'],
  [anyOf('recruitment 招聘 求职'), 'recruitment'],
  [anyOf('employment 就业'), 'employment'],
  [anyOf('skills 技能 培训'), 'skills'],
  [anyOf('education 学历 教育 求学'), 'education'],
  [anyOf('counselling 心理'), 'counselling'],
  [anyOf('water 饮水 喝水 热水 直饮水 茶水'), 'water'],
  [anyOf('rest 休息 歇脚 驿站 休憩 纳凉 避暑 爱心接力 服务站点 小憩'), 'rest'],
];

/** Null where the text names none of them. */
export const readPrice = (text: string): Price | null => readChoice(text, PRICE_WORDS);
export const readAccess = (text: string): Access | null => readChoice(text, ACCESS_WORDS);
export const readStatus = (text: string): SiteStatus | null => readChoice(text, STATUS_WORDS);

function readChoice<T>(text: string, words: Words<T>): T | null {
  const folded = foldText(text);
  return words.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}

/** Services named in a text, in the order in which it names them, and the parts that name none. */
export function readServices(text: string): { services: Service[]; unknown: string[] } {
  const services = new Set<Service>();
  const unknown: string[] = [];
  for (const part of text.split(/[，,、；;|/+\n\r\t。]+|和|及/)) {
    const folded = foldText(part);
    if (folded === '') continue;
    const named = SERVICE_WORDS.filter(([pattern]) => pattern.test(folded));
    for (const [, service] of named) services.add(service);
    if (named.length === 0) unknown.push(part.trim());
  }
  return { services: [...services], unknown };
}
