/** What a company's name carries beside what it is called. */
const LEGAL_FORMS = /(?:股份有限公司|有限责任公司|有限公司|集团公司|分公司|公司|集团|平台)$/;

/** One spelling for the ways a respondent is typed, so that complaints against the same one are found. */
export function respondentKey(name: string): string {
  let key = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '')
    .replace(/^(?:厦门市|厦门|福建省|福建)/, '');
  for (let shorter = key.replace(LEGAL_FORMS, ''); shorter !== key && shorter !== '';) {
    key = shorter;
    shorter = key.replace(LEGAL_FORMS, '');
  }
  return key;
}
