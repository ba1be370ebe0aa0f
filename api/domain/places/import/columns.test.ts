import { describe, expect, it } from 'vitest';
import { countKnownColumns, type ImportField, matchColumns } from './columns.ts';

describe('the meaning of columns', () => {
  it.each<[string, ImportField]>([
    ['名称', 'name'],
    ['*站点名称（必填）', 'name'],
    ['户外劳动者服务站点名称', 'name'],
    ['Station name', 'name'],
    ['opening_hours', 'hours'],
    ['开放时间（夏季）', 'hours'],
    ['所属街道（镇）', 'street'],
    ['镇(街)', 'street'],
    ['镇 街', 'street'],
    ['所在区', 'district'],
    ['详细地址', 'address'],
    ['站点详细地址', 'address'],
    ['经　度', 'lng'],
    ['ＬＡＴ', 'lat'],
    ['经度(GCJ-02)', 'lng'],
    ['百度纬度', 'lat'],
    ['高德坐标', 'coordinates'],
    ['经纬度', 'coordinates'],
    ['联系电话：', 'phone'],
    ['设施设备', 'facilities'],
    ['服务类型', 'services'],
    ['备注', 'note'],
    ['编号', 'externalId'],
  ])('of %s is %s', (header, field) => {
    expect(matchColumns([header]).columns[0]).toMatchObject({ header, field });
  });

  it('is not guessed for what we do not know', () => {
    const match = matchColumns(['序号', '星级', '', '负责人身份证', 'x1']);
    expect(match.mapping).toEqual({});
    expect(match.unmatched).toEqual([0, 1, 3, 4]);
  });

  it('goes to the surer column when two claim it; the other one is left for the person', () => {
    const match = matchColumns(['合作银行名称', '名称', '名称']);
    expect(match.mapping).toEqual({ name: 1 });
    expect(match.unmatched).toEqual([0, 2]);
    expect(match.columns[0]!.confidence).toBe(0);
  });

  it('is surer for a header we know than for one that only holds a known word', () => {
    const [known, bracketed, holding] = matchColumns(['名称', '地址（填到门牌）', '站点开放时间段']).columns;
    expect(known!.confidence).toBe(1);
    expect(bracketed!.confidence).toBeLessThan(1);
    expect(holding!.confidence).toBeLessThan(bracketed!.confidence);
    expect(holding!.field).toBe('hours');
  });

  it.each([
    [['经度(WGS84)', '纬度(WGS84)'], 'WGS84'],
    [['高德经度', '高德纬度'], 'GCJ02'],
    [['百度坐标'], 'BD09'],
    [['经度', '纬度'], null],
    [['高德经度', '百度纬度'], null],
    [['百度网盘链接', '经度', '纬度'], null],
  ])('says of %j that the file names %s', (header, system) => {
    expect(matchColumns(header).statedCrs).toBe(system);
  });

  it('tells a header from a title and from a row of values', () => {
    expect(countKnownColumns(['厦门市户外劳动者服务站点一览表', '', ''])).toBe(0);
    expect(countKnownColumns(['序号', '名称', '地址', '联系电话'])).toBe(3);
    expect(countKnownColumns(['1', '金山街道爱心驿站', '福建省厦门市湖里区金山街道金湖路101号', '0592-1234567'])).toBe(
      0,
    );
  });
});
