import type { Customer, MayDo } from './model.ts'

/** Whether something may be done with this customer by whoever has the right to do it at all; until he is there in full it is not denied. */
export const isOpenTo = (
  { deletedAt, may, mayEdit }: Pick<Customer, 'deletedAt' | 'may' | 'mayEdit'>,
  act: keyof MayDo,
): boolean => deletedAt === null && (may ? may[act] : act !== 'edit' || mayEdit !== false)
