/** Two signs that no keyboard writes mark what stands out in a sentence, so that words and values stay one translated text. */
const [OPEN, CLOSE] = ['\uE000', '\uE001']
const MARKED = /\uE000([^\uE000\uE001]*)\uE001/

/** A value of a rule as its sentence carries it. */
export const strong = (value: string | number): string => `${OPEN}${String(value).replaceAll(/[\uE000\uE001]/g, '')}${CLOSE}`

export type Part = { readonly text: string; readonly strong: boolean }

/** A sentence piece by piece: every second piece of the split is a value. */
export const partsOf = (sentence: string): readonly Part[] =>
  sentence
    .split(MARKED)
    .map((text, at) => ({ text, strong: at % 2 === 1 }))
    .filter(({ text }) => text !== '')
