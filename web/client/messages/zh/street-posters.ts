export const streetPosters = {
  title: '整条街道的海报',
  street: '街道',
  choose: '选一条街道',
  lead: (count: number) => `${count} 张海报，每个地点一张 A4。`,
  print: (count: number) => `打印 ${count} 张（A4）`,
  preparing: (ready: number, all: number) => `正在准备二维码 ${ready} / ${all}`,
  missing: (count: number) => `${count} 个二维码没加载出来，连上网后重新打开再印。`,
  empty: '这条街道没有对外开放的地点。',
  hint: '打印时请选 A4、纵向、不缩放。演示地点的海报上会印“演示”，不要张贴。',
};
