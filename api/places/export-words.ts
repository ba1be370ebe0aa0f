import type { Access, Facility, Service, SiteStatus } from '#domain/places/catalogue.ts';

/** What an exported table says in Chinese; in English it says the codes. The screens' own words, which a test compares. */
export const SERVICE_WORDS: Record<Service, string> = {
  rest: '休息',
  free_meal: '爱心餐',
  water: '饮水',
  insurance_office: '益鹭保理赔受理',
  mediation: '调解',
  legal_aid: '法律援助',
  union_desk: '工会窗口',
  government_desk: '政府部门窗口',
  platform_desk: '平台企业窗口',
  driver_home: '司机之家',
  employment: '就业创业',
  social_insurance: '社会保险',
  education: '教育',
  recruitment: '求职招聘',
  skills: '技能培训',
  counselling: '心理咨询',
};

export const FACILITY_WORDS: Record<Facility, string> = {
  phone_charging: '手机充电',
  toilet: '厕所',
  aircon: '空调',
  seating: '桌椅',
  microwave: '微波炉',
  drinking_water: '饮用水',
  fridge: '冰箱',
  first_aid: '药箱',
  wifi: 'WiFi',
  rain_gear: '雨具',
  books: '图书',
  ebike_charging: '电动车充电',
  tyre_pump: '打气筒',
  recliner: '躺椅',
  shower: '淋浴',
  laundry: '洗衣',
  parking: '停车',
  bed: '床位',
  tools: '修车工具',
  aed: 'AED 除颤仪',
};

export const ACCESS_WORDS: Record<Access, string> = {
  open: '直接进',
  ask: '跟里面的人说一声',
  code: '要扫码、刷脸或密码',
  staff: '只对内部人员',
  unknown: '怎么进门未知',
};

export const STATUS_WORDS: Record<SiteStatus, string> = {
  planned: '筹建中',
  open: '开放',
  closed_for_now: '暂停开放',
  closed_for_good: '已关闭',
  replaced: '已迁走',
  withdrawn: '已撤回',
};

export const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const;
