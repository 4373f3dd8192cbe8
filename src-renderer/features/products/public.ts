export { ProductPicker } from './ProductPicker.tsx'
export { useOffers } from './useOffers.ts'
