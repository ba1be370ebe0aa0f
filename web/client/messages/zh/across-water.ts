import type { TravelMode } from '#domain/geo/travel.ts';

/** Above the places that are near and cannot be reached. */
export const acrossWater = {
  heading: '隔海：过不去的地方',
  why: {
    foot: '中间隔着海，步行到不了：桥和隧道不让走路。',
    ebike: '中间隔着海，电动车到不了：桥和隧道不让非机动车走。',
    car: '中间隔着海，汽车到不了：没有桥和隧道通到那里。',
  } satisfies Record<TravelMode, string> as Record<TravelMode, string>,
  noWay: '不知道有什么办法过海',
  way: (way: string, onFoot: boolean) => `过海办法：${way}${onFoot ? '（只能步行）' : ''}`,
  unverified: '（未核实）',
  partlyUnverified: '（部分桥隧未核实）',
};
