import { sql } from 'kysely'
import { entityIn } from '../../kernel/livingEntities.ts'
import { type PreviewInput, previewRows } from '../../kernel/records/preview.ts'
import type { TaskTable } from '../../kernel/tasks.ts'
import { isHeld } from './guarded.ts'

/** Everything about customers that may have to look at many rows. */
export const customerTasks: TaskTable = {
  'customers.previewRemoval': (context, input: PreviewInput) =>
    previewRows(context.db, entityIn(context, 'customer'), input, [{ reason: 'moneyHangs', where: isHeld(sql.ref('t.id')) }]),
}
