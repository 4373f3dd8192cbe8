import { BETWEEN_LEVELS } from './addressPatterns.ts'

/** 湖 南 省 常 德 市: signs one by one. */
export const joinSpaced = (text: string): string =>
  !text.includes(' ')
    ? text
    : text.replace(/(?<![一-龥])(?:[一-龥] ){4,}[一-龥](?! ?[一-龥] )/g, (run) => run.replaceAll(' ', ''))

/** Blanks beside Chinese characters mean nothing; those between two foreign words (SOHO T2) stay. */
export function tidyDetail(text: string): string {
  const bare = (LEADING_SIGNS.includes(text.charAt(0)) ? text.replace(LEADING, '') : text).trim()
  return bare.includes(' ') ? bare.replace(/ (?=[^\u0021-\u007e])|(?<=[^\u0021-\u007e]) /g, '') : bare
}

const LEADING_SIGNS = ' \t\n-—,，、.。;；:：/|·>＞\\_）)】]」”》"'
const LEADING = /^[\s\-—,，、.。;；:：/|·>＞\\_）)】\]」”》"]+/

export const skip = (text: string, at: number, signs = BETWEEN_LEVELS): number => {
  let to = at
  while (to < text.length && !isHan(text.charCodeAt(to)) && signs.includes(text.charAt(to))) to++
  return to
}

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff

/** Whether a heading of the register could stand here: 市, 省, 自, 县. */
export function mayBeHeading(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x5e02 || code === 0x7701 || code === 0x81ea || code === 0x53bf
}

/** Headings of the register that forms put between the levels: 北京市市辖区东城区, 重庆市县城口县, 上海上海市. */
export function skipHeading(text: string, at: number, code: string): number {
  if (!mayBeHeading(text, at)) return at
  const rest = text.slice(at)
  if (/^(?:市辖区|省直辖县级行政(?:区划|单位)|自治区直辖县级行政(?:区划|单位))/.test(rest))
    return skip(text, at + (/^[^区划单位]*(?:区划|单位|区)/.exec(rest)?.[0].length ?? 0))
  if (/^(?:11|12|31|50)$/.test(code) && /^县(?=[一-龥]{1,10}县)/.test(rest)) return at + 1
  return at
}
