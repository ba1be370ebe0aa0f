export const map = {
  label: '地图。旁边的列表有同样的地点。',
  selected: (name: string) => `地图上已选中：${name}`,
  zoomIn: '放大',
  zoomOut: '缩小',
  locate: '到我的位置',
  reviewNumber: (number: string) => `审图号：${number}`,
  ownData: '轮廓：区界示意，海岸 © OpenStreetMap contributors',
};
