import { DEALS, TODOS } from '../../../src-shared/features/workbench/todo.ts'

/** What there is to put in order, in the standard order. */
export const KNOWN = {
  side: ['todo', 'agenda'],
  main: ['figures', 'attainment', 'ranking', 'forgotten'],
  figures: ['customers', 'won', 'contacted', 'followUps', 'contacts'],
  todos: ['approvals', 'leadsToday', ...TODOS, ...DEALS, 'latePlans', 'contractsEnding', 'invoicesAsked', 'birthdays'],
} as const
