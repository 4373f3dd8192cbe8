import { isNothing, removeInvisible, toHalfWidth } from './text.ts'

export type EmailCell = {
  readonly emails: readonly string[]
  readonly problems: readonly { readonly code: 'invalid' | 'typo'; readonly text: string; readonly suggestion?: string }[]
}

const ADDRESS =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9\u3400-\u9fff](?:[a-z0-9\u3400-\u9fff-]{0,61}[a-z0-9\u3400-\u9fff])?\.)+[a-z\u3400-\u9fff][a-z0-9\u3400-\u9fff-]{1,62}$/i
/** A name grown onto its address: 王伟a@b.com, a@b.com王伟. */
const NAMED = /^[\u3400-\u9fff]*([a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9-]+\.)+[a-z]{2,10})[\u3400-\u9fff]*$/i
/** Slips of common providers: said, never silently mended, for a rare domain may be real. */
const SLIPS: Readonly<Record<string, string>> = {
  'qq.con': 'qq.com',
  'qq.co': 'qq.com',
  'qq.cn': 'qq.com',
  'qqq.com': 'qq.com',
  'q.com': 'qq.com',
  'qq.cm': 'qq.com',
  '163.con': '163.com',
  '163.co': '163.com',
  '163.cm': '163.com',
  '136.com': '163.com',
  '162.com': '163.com',
  '126.con': '126.com',
  '126.cm': '126.com',
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gamil.com': 'gmail.com',
  'gmail.con': 'gmail.com',
  'gmail.co': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'outlok.com': 'outlook.com',
  'outlook.con': 'outlook.com',
  'sina.con': 'sina.com',
  'foxmial.com': 'foxmail.com',
  'foxmail.con': 'foxmail.com',
  'yahooo.com': 'yahoo.com',
  'aliyun.con': 'aliyun.com',
  'sian.com': 'sina.com',
}

const LONGEST = 2000
/** What nearly every cell holds: one address and nothing around it. */
const PLAIN = /^(?!e-?mail)[a-z0-9][a-z0-9._+-]*@(?:[a-z0-9]+\.)+[a-z]{2,10}$/i

const NONE: EmailCell['problems'] = []

function slipOf(address: string): EmailCell['problems'][number] | null {
  const domain = address.slice(address.indexOf('@') + 1)
  const meant = SLIPS[domain]
  return meant === undefined ? null : { code: 'typo', text: address, suggestion: address.replace(domain, meant) }
}

/** The e-mail addresses of a cell: full-width signs, blanks, mailto:, names in angle brackets and several in one cell are understood; lower case. */
export function readEmails(cell: string): EmailCell {
  if (cell.length > LONGEST) return { emails: [], problems: [{ code: 'invalid', text: cell.slice(0, 40) }] }
  if (cell.length <= 64 && PLAIN.test(cell) && !cell.includes('..')) {
    const address = cell.toLowerCase()
    const typo = slipOf(address)
    return { emails: [address], problems: typo ? [typo] : NONE }
  }
  if (isNothing(cell)) return { emails: [], problems: [] }
  const text = toHalfWidth(removeInvisible(cell))
    .replace(/。/g, '.')
    .replace(/mailto:/gi, '')
    .replace(/\s*[([]at[)\]]\s*/gi, '@')
    .replace(/\s*@\s*/g, '@')
    .replace(/\s*\.\s*(?=[a-z]{2,3}\b)/gi, '.')
  const emails = new Set<string>()
  const problems: EmailCell['problems'][number][] = []
  for (const piece of text.split(/[\s,;，；、|/<>()（）[\]"]+/)) {
    if (!piece.includes('@')) continue
    let address = piece
      .replace(/^(?:邮箱|e-?mail|电子邮件)?[:：]?/i, '')
      .replace(/^[.:：]+|[.:：]+$/g, '')
      .toLowerCase()
    const inName = NAMED.exec(address)
    if (inName) address = inName[1] ?? address
    if (!ADDRESS.test(address) || address.includes('..')) {
      problems.push({ code: 'invalid', text: piece })
      continue
    }
    emails.add(address)
    const typo = slipOf(address)
    if (typo) problems.push(typo)
  }
  if (emails.size === 0 && problems.length === 0) problems.push({ code: 'invalid', text: text.trim() })
  return { emails: [...emails], problems }
}
