export const photos = {
  heading: '照片',
  of: (name: string, n: number) => `${name}的照片 ${n}`,
  view: (what: string) => `放大：${what}`,
  close: '关闭',
  previous: '上一张',
  next: '下一张',
  ofReports: '骑手拍的照片',
};
