import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { type FormControl, RecordInput } from '../fields/forms.ts'
import { FIELDS } from './words.ts'

/** The control of a field of an order in a form; `customerId`: whose contacts are offered, where the form names nobody. */
export function FieldInput({ field, ...rest }: FormControl & { field: string; customerId?: CustomerId | null }) {
  return <RecordInput {...rest} field={FIELDS.find(({ key }) => key === field)} options={useOwnerOptions()} />
}
