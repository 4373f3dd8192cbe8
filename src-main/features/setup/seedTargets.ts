import { sql } from 'kysely'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { insertMany } from '../customers/public.ts'

const KEYS = ['id', 'kind', 'period', 'employeeId', 'amount', 'createdAt', 'updatedAt'] as const
const MONTHS = 12
/** 10,000 yuan: nobody is given an odd target. */
const STEP_FEN = 1_000_000
const LEAST_STEPS = 3

/**
 * What each owner is to win in every month of this year: about what he won in a month of the last twelve, for some less, for some more;
 * nothing where there are targets already. @returns how many
 */
export async function seedTargets(context: CommandContext, roll: () => number): Promise<number> {
  const there = await context.tx.selectFrom('target').select('id').limit(1).executeTakeFirst()
  const { rows } = await sql<{ ownerId: string; won: number }>`
    select owner_id as "ownerId", sum(coalesce(amount, 0)) as won from opportunity
    where state = 'won' and owner_id is not null and deleted_at is null group by owner_id order by owner_id`.execute(context.tx)
  if (there || rows.length === 0) {
    context.unchanged()
    return 0
  }
  const at = context.now()
  const year = dateIn(at, context.services.timeZone()).slice(0, 4)
  const targets = rows.flatMap(({ ownerId, won }) => {
    const steps = Math.max(LEAST_STEPS, Math.round((won / MONTHS / STEP_FEN) * (0.7 + roll() * 0.6)))
    return Array.from({ length: MONTHS }, (_, month): Values => {
      const period = `${year}-${String(month + 1).padStart(2, '0')}`
      return {
        id: context.newId(),
        kind: 'won',
        period,
        employeeId: ownerId,
        amount: steps * STEP_FEN,
        createdAt: at,
        updatedAt: at,
      }
    })
  })
  await insertMany(context, 'target', KEYS, targets)
  context.record({ entity: 'target', id: '', action: 'seeded', detail: { count: targets.length } })
  return targets.length
}
