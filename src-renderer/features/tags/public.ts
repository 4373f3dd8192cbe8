export { TagChips, TagTones } from './TagChips.tsx'
