/** The ways into 益鹭保 from a place, from 我的 and after an accident. */
export const doors = {
  heading: '益鹭保',
  enrol: '参保',
  enrolNext: '选好日子付款，最早明天就有保障',
  claim: '理赔',
  claimNext: '先记下经过，没网也行，连上网就报案',
  accident: {
    heading: '写下经过，报案',
    text: '现在就记，先存在手机里，没网、关掉浏览器都不会丢；连上网就报案。',
    start: '开始记录',
  },
};
