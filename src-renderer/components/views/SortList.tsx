import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { Picker } from '../Picker.tsx'
import type { Sort } from '../../../src-shared/kernel/list.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { IconButton } from '../page.tsx'
import type { SortMenuProps } from './SortMenu.tsx'
import { text } from './text.ts'

const MOST = 5

/** The list under 排序; loaded when somebody first opens it. */
export function SortList(props: SortMenuProps) {
  return useIsPhone() ? <OneSort {...props} /> : <Sorts {...props} />
}

/** On a phone by one field: a tap chooses it, another turns it round. */
function OneSort({ sorts, fields, standard, onSorts }: SortMenuProps) {
  const t = useText(text)
  const [first] = sorts
  return (
    <div className="sort-menu sort-one">
      <button type="button" className="bare sort-choice" aria-pressed={!first} onClick={() => onSorts([])}>
        <span className="grow el">{standard ?? t('sortStandard')}</span>
      </button>
      {fields.map(({ key, label }) => {
        const direction = first?.field === key ? first.direction : null
        return (
          <button
            type="button"
            key={key}
            className="bare sort-choice"
            aria-pressed={direction !== null}
            onClick={() => onSorts([{ field: key, direction: direction === 'asc' ? 'desc' : 'asc' }])}
          >
            <span className="grow el">{label}</span>
            {direction && <span className="s12">{t(direction === 'asc' ? 'ascending' : 'descending')}</span>}
          </button>
        )
      })}
    </div>
  )
}

function Sorts({ sorts, fields, onSorts }: SortMenuProps) {
  const t = useText(text)
  const free = fields.filter(({ key }) => !sorts.some(({ field }) => field === key))
  const [next] = free
  const set = (index: number, sort: Sort) => onSorts(sorts.map((old, at) => (at === index ? sort : old)))
  return (
    <div className="sort-menu">
      {sorts.length > 1 && <p className="t3 s12">{t('sortHint')}</p>}
      {sorts.map((sort, index) => (
        <div key={sort.field} className="row g6 sort-line">
          <Picker
            size="small"
            className="grow"
            aria-label={t('sortField')}
            value={sort.field}
            options={fields
              .filter(({ key }) => key === sort.field || free.some((one) => one.key === key))
              .map(({ key, label }) => ({ value: key, label }))}
            onChange={(field) => set(index, { ...sort, field })}
          />
          <Segmented<Sort['direction']>
            size="small"
            value={sort.direction}
            options={[
              { value: 'asc', label: t('ascending') },
              { value: 'desc', label: t('descending') },
            ]}
            onChange={(direction) => set(index, { ...sort, direction })}
          />
          <IconButton
            small
            icon={<CloseOutlined />}
            title={t('removeSort')}
            onClick={() => onSorts(sorts.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {sorts.length === 0 && <p className="t3 s12">{t('sortStandard')}</p>}
      {next && sorts.length < MOST && (
        <button
          type="button"
          className="bare tbrand s12"
          onClick={() => onSorts([...sorts, { field: next.key, direction: 'asc' }])}
        >
          <PlusOutlined className="tiny" /> {t('addSort')}
        </button>
      )}
    </div>
  )
}
