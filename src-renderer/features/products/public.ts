export { ProductPicker } from './ProductPicker.tsx'
export { useOffers, useStockedOffers } from './useOffers.ts'
