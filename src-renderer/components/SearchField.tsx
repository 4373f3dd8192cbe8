import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { LONGEST_SEARCH } from '../../src-shared/kernel/searchWords.ts'
import { clearMark } from './namedMarks.tsx'
import { useTyping } from './useTyping.ts'

/** Words to search for; the list follows when the typing stops. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const typing = useTyping(value, onChange)
  return (
    <Input
      size="small"
      allowClear={clearMark()}
      className="list-search"
      prefix={<SearchOutlined className="t3" />}
      placeholder={label}
      aria-label={label}
      maxLength={LONGEST_SEARCH}
      value={typing.typed}
      onChange={(event) => typing.type(event.target.value)}
      onCompositionStart={() => typing.compose(true)}
      onCompositionEnd={() => typing.compose(false)}
      // Whoever leaves the field means what stands in it: what is clicked next is clicked in the list of these words.
      onBlur={typing.settle}
      onPressEnter={typing.settle}
    />
  )
}
