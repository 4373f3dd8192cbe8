import { Picker } from '../../components/Picker.tsx'

type ManyProps = {
  label: string
  placeholder?: string
  value: string[]
  options: { value: string; label: string }[]
  onChange: (next: string[]) => void
}

/** Several of a list, found by typing. */
export const Many = ({ label, placeholder, value, options, onChange }: ManyProps) => (
  <Picker mode="multiple" aria-label={label} placeholder={placeholder} value={value} options={options} onChange={onChange} />
)
