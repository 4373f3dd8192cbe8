export { AvailableNote, useAvailable } from './Available.tsx'
export { BeyondBox } from './MoveDrawer.tsx'
export { OrderStock } from './OrderStock.tsx'
