import { useOwnerOptions } from '../customers/public.ts'
import { type FormControl, RecordInput } from '../fields/forms.ts'
import { FIELDS, useWordOptions } from './words.ts'

/** The control of a field of a lead in a form. */
export function LeadInput({ field, ...rest }: FormControl & { field: string }) {
  const owners = useOwnerOptions()
  const sources = useWordOptions('source')
  const options = field === 'sourceId' ? sources : owners
  return <RecordInput {...rest} field={FIELDS.find(({ key }) => key === field)} options={options} />
}
