import type { Messages } from '../zh.ts';

export const shell: Messages['shell'] = {
  appName: 'Luyi',
  tagline: "Places to rest for Xiamen's gig workers",
  close: 'Close',
  back: 'Back',
  loading: 'Opening…',
  settings: 'Settings',
  update: { ready: 'A new version is ready', apply: 'Update' },
  failure: {
    title: 'Something went wrong on this page',
    body: 'It is not your fault. Open the page again; the places are still on your phone.',
    reload: 'Open again',
    toStreets: 'All places by street',
  },
};
