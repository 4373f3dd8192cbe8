/** What only a form needs: apart from public.ts, so that the first page does not load number and date controls. */
export { CustomInput } from './CustomInput.tsx'
export { CustomerPicker } from './CustomerPicker.tsx'
export { NewFieldForm } from './NewFieldForm.tsx'
export { type FormControl, RecordInput } from './RecordInput.tsx'
