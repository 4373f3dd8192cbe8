export { spanText } from './spanText.ts'
