import type { Option } from './usePeople.ts'

const STEP = 14
/** A department in a list of choices, set in by its depth; the field itself shows the bare name. */
export const indented = ({ data, label }: { data: Option; label?: React.ReactNode }) => (
  <span style={{ paddingLeft: (data.depth ?? 0) * STEP }}>{label}</span>
)
