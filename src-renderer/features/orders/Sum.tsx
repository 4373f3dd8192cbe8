import { Money } from '../../components/values.tsx'

/** A figure under the lines of an order. */
export const Sum = ({ label, fen, strong = false }: { label: string; fen: number | null; strong?: boolean }) => (
  <span className={`row g12${strong ? ' b' : ''}`}>
    <span className="t3">{label}</span>
    <Money fen={fen} />
  </span>
)
