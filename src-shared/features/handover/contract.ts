import { z } from 'zod'
import { command, query } from '../../kernel/procedure.ts'
import { BusinessDate } from '../../kernel/time.ts'
import { EmployeeId } from '../people/model.ts'
import { Estate, HandedOver, Plan, Share } from './model.ts'

export const HANDOVER_REFUSALS = [
  'yourself',
  'notToHimself',
  'successorUnknown',
  'successorLeft',
  'successorNoAccount',
  'customersLeft',
  'holdingFull',
  'leftBeforeHired',
  'lastAdmin',
  'beforeLastChange',
  'beyondYours',
  'managerOfHimself',
  'managerUnknown',
  'departmentUnknown',
  'ownsCustomers',
] as const

const SHOWS = ['employee', 'customer', 'department', 'user', 'pool', 'view'] as const

export const handoverContract = {
  /** All that somebody would leave behind. */
  look: query('people.manage', SHOWS)
    .input(z.strictObject({ employeeId: EmployeeId }))
    .output(Estate),
  /** Who would get how many customers, before anything is done. */
  preview: query('people.manage', SHOWS).input(Plan).output(z.array(Share)),
  /**
   * Hands everything over, writes down the day of leaving and closes the account: one step, one undo. `overLimit`: successors may
   * hold more than their limit says.
   */
  run: command('people.manage', HANDOVER_REFUSALS)
    .input(z.strictObject({ plan: Plan, leftOn: BusinessDate, overLimit: z.boolean().default(false) }))
    .output(HandedOver),
}
