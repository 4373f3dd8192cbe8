/** What only a form needs: apart from public.ts, so that pages that show a layout do not load a form. */
export { RecordForm } from './RecordForm.tsx'
export { useFormKnown } from './useLayout.ts'
export { useBegun } from './useBegun.ts'
export { begunWith, changedFrom } from './changed.ts'
