/** What a list loads only when somebody is asked for something. */
export { ChoiceDialog, ChoiceForm } from './ChoiceDialog.tsx'
