import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { clearMark } from '../../components/namedMarks.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useTyping } from './useTyping.ts'

/** Words to search for; the list follows when the typing stops. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText(text)
  const typing = useTyping(value, onChange)
  return (
    <Input
      size="small"
      allowClear={clearMark()}
      className="list-search"
      prefix={<SearchOutlined className="t3" />}
      placeholder={t('searchHere')}
      aria-label={t('searchHere')}
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
