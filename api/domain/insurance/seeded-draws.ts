const HALF_WORD = 2 ** 21;

/**
 * Whole numbers from 0 up to a bound, the same for the same seed in every run and on every machine: sfc32 (Chris
 * Doty-Humphrey, public domain) over integers, seeded from the text. The bound may be as large as a safe integer.
 */
export function seededDraws(seed: string): (bound: number) => number {
  const next = sfc32(seedWords(seed));
  for (let i = 0; i < 15; i++) next(); // the first numbers still show the seed
  /** 53 bits. */
  const wide = () => (next() >>> 11) * 2 ** 32 + next();
  return (bound) => {
    if (!Number.isSafeInteger(bound) || bound < 1) throw new RangeError(`Nothing can be drawn below ${bound}.`);
    const range = HALF_WORD * 2 ** 32;
    const fair = range - (range % bound);
    for (;;) {
      const drawn = wide();
      if (drawn < fair) return drawn % bound;
    }
  };
}

function sfc32([first, second, third, fourth]: [number, number, number, number]): () => number {
  let [a, b, c, counter] = [first, second, third, fourth];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
}

/** Four words out of a text: FNV-1a over its UTF-16 units, each from a start of its own. */
function seedWords(text: string): [number, number, number, number] {
  const word = (start: number) => {
    let hash = start;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      hash = Math.imul(hash ^ (unit & 0xff), 0x0100_0193);
      hash = Math.imul(hash ^ (unit >>> 8), 0x0100_0193);
    }
    return hash | 0;
  };
  return [word(0x811c_9dc5), word(0x9e37_79b9), word(0x85eb_ca6b), word(0xc2b2_ae35)];
}
