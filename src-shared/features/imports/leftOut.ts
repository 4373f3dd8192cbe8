import { cleanText, isNothing } from '../../kernel/cleaning/text.ts'
import { readContent } from './columnContent.ts'
import { normalHeader } from './headerWords.ts'
import type { ColumnNote, ImportableEntity } from './model.ts'
import type { FieldProposal } from './newField.ts'

/** Of accounts, which are never made by an import: who may log in, and as what, is decided by a person in the settings. */
const OF_ACCOUNT =
  /^(?:登[录陆](?:名称?|账号|帐号|用户名)?|用户名称?|账号|帐号|账户名?|系统账号|角色(?:名称)?|用户角色|系统角色|权限(?:组|角色)?|(?:初始|登[录陆])?密码|login(?: ?name| ?id)?|user ?(?:name|id)|account|roles?|user roles?|permissions?|(?:initial )?password)$/
/** 苏州, 金属, 黄色: they begin like a name and are none. */
const NO_NAME = /[市省区县州镇村色业品材料油厂店部组款型级类机器]$/
const SAYS_NAME = /人$|员$|姓名|名字|经理$|主管$|总监$|顾问$|老师$|\b(?:name|person|contact)\b/
const MANY = 0.5
const MOST = 0.8
const DIFFERENT = 3
/** Of any people some have a name of three signs; words of two are of everything. */
const LONGER = 0.2

type Left = {
  entity: ImportableEntity
  header: string
  because: string
  cells: readonly string[]
  /** What a new field for it would be: it has been looked at for that already. */
  proposal: Pick<FieldProposal, 'type'>
}

/**
 * Why a column that goes nowhere should be looked at: its cells are names, numbers, addresses or amounts, which are rarely left out on
 * purpose. Null where nothing speaks for it, or somebody has said to leave it out.
 */
export function leftOutNote({ entity, header, because, cells, proposal }: Left): ColumnNote | null {
  if (because === 'chosen' || because === 'memory') return null
  const filled = cells.filter((cell) => cell.trim() !== '' && !isNothing(cell))
  const note = (code: ColumnNote['code'], level: ColumnNote['level']): ColumnNote => ({
    code,
    level,
    counts: { filled: filled.length, of: cells.length },
    unknown: [],
  })
  const { text } = normalHeader(header)
  if (entity === 'employee' && OF_ACCOUNT.test(text)) return note('leftAccount', 'info')
  if (filled.length === 0) return null
  const code = LIKE[proposal.type] ?? (areNames(text, filled) ? 'leftNames' : null)
  return code ? note(code, 'warning') : null
}

const LIKE: Partial<Record<FieldProposal['type'], ColumnNote['code']>> = {
  phone: 'leftPhones',
  email: 'leftEmails',
  money: 'leftAmounts',
}

/** Without a word of the header for it, nearly all cells must be names, and not the same one again and again. */
function areNames(header: string, filled: readonly string[]): boolean {
  const cells = filled.map((cell) => cleanText(cell)).map((cell) => (NO_NAME.test(cell) ? '·' : cell))
  const share = readContent(cells).person
  if (SAYS_NAME.test(header)) return share >= MANY
  const longer = cells.filter((cell) => cell.length >= 3).length / cells.length
  return share >= MOST && longer >= LONGER && new Set(cells).size >= DIFFERENT
}
