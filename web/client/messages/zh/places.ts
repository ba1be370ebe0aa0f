import type { TravelMode } from '#domain/geo/travel.ts';
import type { Access, ReportKind } from '#domain/places/catalogue.ts';

/** What the places screens say, in Chinese. Its type is what the other languages must say too. */
export const places = {
  chips: {
    rest: '休息',
    free_meal: '免费餐',
    water: '饮水',
    insurance_office: '益鹭保',
    mediation: '调解',
    open: '现在开门',
    more: '更多',
    moreActive: (count: number) => `更多 · ${count}`,
    label: '想找什么',
  },
  access: {
    open: '直接进',
    ask: '跟里面的人说一声',
    code: '要扫码、刷脸或密码',
    staff: '只对内部人员',
    unknown: '怎么进门未知',
  } satisfies Record<Access, string> as Record<Access, string>,
  moving: { foot: '步行', ebike: '骑行', car: '开车' } satisfies Record<TravelMode, string> as Record<
    TravelMode,
    string
  >,
  reportKinds: {
    locked: '锁着门',
    no_water: '没有水',
    moved: '搬走了',
    closed_for_good: '已经不开了',
    hours_wrong: '时间不对',
    facility_wrong: '设施不对',
    confirmed: '我在这里，信息没错',
  } satisfies Record<ReportKind, string> as Record<ReportKind, string>,

  units: {
    metres: (m: number) => `${m} 米`,
    kilometres: (km: string) => `${km} 公里`,
    about: (distance: string) => `约 ${distance}`,
    range: (min: string, max: string) => `约 ${min} 到 ${max}`,
    within: (max: string) => `约 ${max}以内`,
    walked: (way: string) => `${way}（这里禁骑，未核实）`,
    minutes: (minutes: number) => `${minutes} 分钟`,
    hours: (hours: number, minutes: number) => (minutes ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`),
  },

  time: {
    weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    today: '今天',
    tomorrow: '明天',
    monthDay: (month: number, day: number) => `${month}月${day}日`,
    yearMonthDay: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
    at: (day: string, time: string) => (day ? `${day} ${time}` : time),
    ago: (days: number) =>
      days <= 0
        ? '今天'
        : days === 1
          ? '昨天'
          : days < 60
            ? `${days} 天前`
            : days < 720
              ? `${Math.round(days / 30)} 个月前`
              : `${Math.round(days / 365)} 年前`,
  },

  opening: {
    openUntil: (when: string) => `开放中 · ${when} 关`,
    openAlways: '24 小时开放',
    openEnd: '开放中 · 几点关未知',
    opens: (when: string) => `${when} 开`,
    closed: '未开放',
    unknown: '开放时间未知',
    closedForNow: '暂停开放',
    closedForNowUntil: (day: string) => `暂停开放 · 预计 ${day} 恢复`,
  },

  freshness: {
    verified: (ago: string) => `${ago}核实`,
    confirmed: (ago: string) => `${ago}骑手确认`,
    reported: (day: string) => `资料日期 ${day}`,
    never: '未核实',
    stale: (text: string) => `${text}，可能变了`,
    contested: '有人说不对',
    warning: (ago: string, what: string) => `${ago}有人说“${what}”`,
  },

  badges: {
    demo: '演示',
    rough: '位置不精确',
    roughCall: '位置只知道大概，去之前先打电话',
    roughNoPhone: '位置只知道大概，去之前先问清楚',
  },

  list: {
    heading: '附近的地方',
    handle: '拉高或放低列表',
    nearestFromPosition: '按我的位置算',
    nearestFromMap: '按地图中心算',
    nearestFromStreet: (street: string) => `按${street}算`,
    count: (count: number) => `共 ${count} 个地方`,
    countAnnounce: (count: number, nearest: string | null) =>
      count === 0 ? '没有符合条件的地方' : `${count} 个地方${nearest ? `，最近的是${nearest}` : ''}`,
    more: (count: number) => `再显示 ${count} 个`,
    straightLine: (distance: string) => `直线 ${distance}`,
    byStreet: '按街道看全部',
    unplaced: (count: number) => `${count} 个地方不知道具体位置，只能按街道查看`,
    loading: '正在取地方数据…',
    failedOffline: '没有网络，手机里也还没有数据。连上网打开一次，之后没网也能用。',
    failedError: '数据没取到。',
    retry: '重试',
    toMap: '回到地图',
  },

  status: {
    offline: (when: string) => `离线 · 数据截至 ${when}`,
    stale: (when: string) => `没能更新 · 数据截至 ${when}`,
    demo: '演示版：标“演示”的地方是虚构的，不要按它去找。',
    mapMissing: '地图还没装好，连上网打开一次就有了；列表照常能用。',
    tilesFailing: '街道底图没加载出来，仍可看轮廓和地点。',
  },

  position: {
    find: '找最近的',
    privacy: '你的位置只留在手机上，不会发给我们。',
    asking: '正在定位…',
    following: '正在用你的位置',
    denied: '没有定位权限。挪动地图，或者选一条街道，一样能找。',
    unavailable: '定位没成功。挪动地图，或者选一条街道，一样能找。',
    unsupported: '这个浏览器不能定位。挪动地图，或者选一条街道。',
    outside: '你不在厦门（或离岸超过 1 公里），先按地图中心算。',
    inaccurate: (distance: string) => `定位误差约 ${distance}，距离不准`,
    fromPosition: '回到我的位置',
    streetLabel: '从哪条街道开始',
    mapOutside: '地图中心不在厦门，挪一下地图再看距离。',
  },

  nav: {
    label: '其他页面',
    accident: '出事故了',
    about: '关于鹭驿',
    me: '我的',
  },
};

export type PlacesMessages = typeof places;
