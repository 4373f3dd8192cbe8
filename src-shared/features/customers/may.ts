import type { Customer, MayDo } from './model.ts'

/** Whether something may be done with this customer by whoever has the right to do it at all; until he is there in full it is not denied. */
export const isOpenTo = ({ deletedAt, may }: Pick<Customer, 'deletedAt' | 'may'>, act: keyof MayDo): boolean =>
  deletedAt === null && may?.[act] !== false
