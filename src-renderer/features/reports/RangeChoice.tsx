import { DatePicker } from 'antd'
import dayjs from 'dayjs'

/** The days of a period of one's own. */
export function RangeChoice({
  from,
  to,
  onChange,
}: {
  from: string
  to: string
  onChange: (range: { from: string; to: string }) => void
}) {
  return (
    <DatePicker.RangePicker
      className="rp-range"
      allowClear={false}
      value={from && to ? [dayjs(from), dayjs(to)] : null}
      onChange={(range) => {
        const [first, last] = range ?? []
        if (first && last) onChange({ from: first.format('YYYY-MM-DD'), to: last.format('YYYY-MM-DD') })
      }}
    />
  )
}
