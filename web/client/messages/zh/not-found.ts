export const notFound = {
  title: '没有这个页面',
  body: '链接可能写错了，或者页面已经搬走。',
  toMap: '回到地图',
  toStreets: '按街道看所有地点',
};
