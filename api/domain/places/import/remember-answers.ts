const MAX_REMEMBERED = 5000;

/** A pure function that keeps its answers to the texts it was asked last, for files in which the same text stands often. */
export function rememberAnswers<Rest extends readonly (string | null)[], T>(
  answer: (text: string, ...rest: Rest) => T,
): (text: string, ...rest: Rest) => T {
  const known = new Map<string, T>();
  return (text, ...rest) => {
    const key = rest.length === 0 ? text : `${text}\0${rest.join('\0')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const fresh = answer(text, ...rest);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(key, fresh);
    return fresh;
  };
}
