export { ProductPicker } from './ProductPicker.tsx'
