export const settings = {
  title: '设置',
  theme: '外观',
  themeSystem: '跟随手机',
  themeLight: '浅色',
  themeDark: '深色',
  textSize: '字号',
  textNormal: '标准',
  textLarge: '大字',
  language: '语言',
  languageSystem: '跟随手机',
  chinese: '中文',
  english: 'English',
};
