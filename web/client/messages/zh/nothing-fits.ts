/** In the place of a list that would be empty. */
export const nothingFits = {
  noneOpen: '现在没有开着的',
  noneOpenHint: '最早开的几个：',
  noneOpenUnknown: '符合的地方都不知道几点开。',
  showAll: '不限现在开门',
  none: '还没有地点',
  empty: '没有符合这些条件的地方',
  emptyHint: '少选几个条件试试。',
  clear: '清除条件',
};
