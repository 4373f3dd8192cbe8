import type { TaskTable } from '../../kernel/tasks.ts'
import { readBoard, readColumn, readDays, readForecast } from './board.ts'
import { readDue } from './due.ts'

/** Whatever of opportunities counts and sums. */
export const opportunityTasks: TaskTable = {
  'opportunities.board': readBoard,
  'opportunities.column': readColumn,
  'opportunities.forecast': readForecast,
  'opportunities.days': readDays,
  'opportunities.due': readDue,
}
