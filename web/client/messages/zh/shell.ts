export const shell = {
  appName: '鹭驿',
  tagline: '厦门新就业形态劳动者的歇脚地图',
  close: '关闭',
  back: '返回',
  loading: '正在打开…',
  settings: '设置',
  update: { ready: '有新版本', apply: '更新' },
  failure: {
    title: '页面出了点问题',
    body: '不是你的错。可以重新打开这一页；地点数据还在手机里。',
    reload: '重新打开',
    toStreets: '按街道看所有地点',
  },
};
