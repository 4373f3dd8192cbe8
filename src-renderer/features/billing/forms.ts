/** What only a form needs. */
export { ProfileDialog } from './ProfileDialog.tsx'
