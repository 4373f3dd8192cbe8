import type { Backend } from '../../src-main/kernel/context.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import type { Client } from './backend.ts'
import type { Office, Random } from './factories.ts'

export type Step = { firstSeq: number; lastSeq: number; digest: string; actor: Actor; call: string }
export type User = { actor: Actor; client: Client }
export type Scene = { office: Office; random: Random; users: User[]; steps: Step[] }
export type Run = (scene: Scene, user: User) => Promise<unknown>
/** The command, how often it comes beside the others, and what is done. */
export type Op = readonly [call: string, weight: number, run: Run]
export type Row = { id: never; version: number }

export const raw = ({ office }: Scene): Backend['database']['raw'] => office.running.backend.database.raw
export const some = (scene: Scene, table: string, where = 'deleted_at is null'): Row | null => {
  const rows = raw(scene).prepare(`select id, version from "${table}" where ${where} order by id`).all() as Row[]
  return rows.length === 0 ? null : scene.random.pick(rows)
}

export const names = ['苏州博远机械有限公司', '重庆长江贸易公司', '单雄信', '海川自动化', '杭州云杉科技', '宁波舟山物流']
export const tags = ['重点', '老客户', '展会', 'VIP', '待回访']
export const living = 'deleted_at is null'
export const gone = 'deleted_at is not null'

export const phone = ({ random }: Scene): string => `138${String(10_000_000 + random.below(90_000_000))}`
export const instant = ({ random }: Scene): string => `2027-0${1 + random.below(9)}-1${random.below(9)}T02:00:00.000Z`

export function selection(scene: Scene, deleted = false) {
  const { random } = scene
  const ids = Array.from(
    { length: 1 + random.below(6) },
    () => some(scene, 'customer', `deleted_at is ${deleted ? 'not ' : ''}null`)?.id ?? 'nobody',
  )
  if (random.chance(0.7)) return { ids }
  const rules = [{ field: 'level', operator: '=' as const, value: random.pick(['A', 'B', 'C']) }]
  return { which: { deleted, filter: { combinator: 'and' as const, rules } }, except: ids }
}

/** An operation on one row, or nothing when there is none yet. */
export const onOne =
  (table: string, where: string, work: (scene: Scene, user: User, row: Row) => Promise<unknown>): Run =>
  async (scene, user) => {
    const row = some(scene, table, where)
    return row ? work(scene, user, row) : null
  }
