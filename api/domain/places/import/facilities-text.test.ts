import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACILITIES } from '../catalogue.ts';
import type { Facilities } from '../site.ts';
import { readFacilities } from './facilities-text.ts';

describe('facilities in words', () => {
  it.each<[string, Facilities]>([
    [
      '空调、饮水机、微波炉、无厕所、可充电',
      { aircon: true, drinking_water: true, microwave: true, toilet: false, phone_charging: true },
    ],
    ['空调饮水机微波炉', { aircon: true, drinking_water: true, microwave: true }],
    ['没有空调和厕所，有WIFI', { aircon: false, toilet: false, wifi: true }],
    ['无厕所、淋浴', { toilet: false, shower: true }],
    ['无空调有座椅', { aircon: false, seating: true }],
    ['不提供微波炉；暂无冰箱', { microwave: false, fridge: false }],
    ['无线网络，无线WiFi', { wifi: true }],
    ['空调2台，座椅10把，雨伞若干', { aircon: true, seating: true, rain_gear: true }],
    ['厕所：无 | 空调：有', { toilet: false, aircon: true }],
    ['空调√、冰箱×、厕所（无）', { aircon: true, fridge: false, toilet: false }],
    ['电动车充电', { ebike_charging: true }],
    ['手机充电、充电桩', { phone_charging: true, ebike_charging: true }],
    ['配备空调、急救药箱等设施', { aircon: true, first_aid: true }],
    ['免费WiFi及热水', { wifi: true, drinking_water: true }],
    ['可热饭，不可充电', { microwave: true, phone_charging: false }],
    ['ＡＥＤ　除颤仪', { aed: true }],
    ['Aircon, water and no toilet', { aircon: true, drinking_water: true, toilet: false }],
    ['无', {}],
    ['', {}],
  ])('are read from %s', (text, facilities) => {
    expect(readFacilities(text)).toEqual({ facilities, unknown: [] });
  });

  it('hand back what they do not know, as it is written', () => {
    expect(readFacilities('空调、血压计、风扇和厕所、无障碍通道')).toEqual({
      facilities: { aircon: true, toilet: true },
      unknown: ['血压计', '风扇', '无障碍通道'],
    });
    expect(readFacilities('access, board games')).toEqual({ facilities: {}, unknown: ['access', 'board games'] });
  });

  it('are not known where the text contradicts itself', () => {
    expect(readFacilities('空调、无空调、座椅')).toEqual({ facilities: { seating: true }, unknown: ['空调'] });
  });

  it('never throw and never invent', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'无没有空调厕所充电不可、，和 x√:1\uD800') }), (text) => {
        const { facilities } = readFacilities(text);
        for (const facility of Object.keys(facilities)) expect(FACILITIES).toContain(facility);
      }),
      { seed: 20_260_310, numRuns: 2000 },
    );
  });
});
