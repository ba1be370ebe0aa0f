import type { settings as zh } from '../zh/settings.ts';

export const settings: typeof zh = {
  title: 'Settings',
  theme: 'Appearance',
  themeSystem: 'Same as device',
  themeLight: 'Light',
  themeDark: 'Dark',
  textSize: 'Text size',
  textNormal: 'Normal',
  textLarge: 'Large',
  language: 'Language',
  languageSystem: 'Same as device',
  chinese: '中文',
  english: 'English',
};
