export { RecordHistory } from './RecordHistory.tsx'
export { mayTakeBack, WayBack } from './WayBack.tsx'
