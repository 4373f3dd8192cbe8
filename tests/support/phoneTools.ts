/** What one invented cell holds and should be read as. */
export type Made = { readonly raw: string; readonly expected?: string; readonly extension?: string; readonly masked?: string }
export type PhoneKinds = Readonly<Record<string, (tools: Tools) => Made>>
export type Tools = {
  random: () => number
  pick: <T>(list: readonly T[]) => T
  digits: (n: number) => string
  mobile: () => string
  land: () => { area: string; local: string }
}

export const NAMES = ['张三', '王经理', '李总', '欧阳女士', '财务部', '前台', 'Tom', '陈先生', '小刘']
export const MOBILE_WORDS = [
  '手机',
  '手机号',
  '手机号码',
  '联系电话',
  '电话',
  '联系方式',
  'Tel',
  'tel',
  'TEL',
  'Mobile',
  '移动电话',
  'M',
  'Phone',
]
export const CHINESE = '零一二三四五六七八九'
export const CAPITALS = '零壹贰叁肆伍陆柒捌玖'

export const split = (text: string, ...cuts: number[]): string[] => {
  const parts: string[] = []
  let at = 0
  for (const cut of cuts) parts.push(text.slice(at, (at += cut)))
  return [...parts, text.slice(at)]
}
export const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
export const cn = (national: string): string => `+86${national}`
export const SEPARATORS = [
  '/',
  '、',
  '，',
  ',',
  ';',
  '；',
  '\n',
  ' ',
  '  ',
  '或',
  ' / ',
  '|',
  '\\',
  '&',
  '和',
  '；\n',
  '//',
  '，\r\n',
  ' 或 ',
  '及',
  '\t',
]
export const EXTENSIONS = [
  '转',
  '-',
  ' 转 ',
  '#',
  ' ext.',
  'ext',
  ' Ext ',
  ' ext:',
  ' x',
  'x',
  '分机',
  '转分机',
  '-分机',
  '分机号',
  '（转',
  '，分机',
  '—',
  ' - ',
  ' 分机：',
  '轉',
  ';ext=',
]
