import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { RowSelection } from '../../components/table/selection.ts'
import { ListFoot } from '../../components/views/ListFoot.tsx'
import { useText } from '../../kernel/text.ts'
import { useEntity } from '../fields/public.ts'
import { text } from './text.ts'
import type { CustomerList } from './useCustomerList.ts'

type FootProps = { list: CustomerList; selection: RowSelection; columns: readonly string[] }

/** How many there are, how many are chosen, and what chosen columns add up to. */
export function CustomersFoot(props: FootProps) {
  const t = useText(text)
  return <ListFoot {...props} entity={useEntity(customerEntity)} words={t} />
}
