import { Link } from '@tanstack/react-router'
import { Radio } from 'antd'
import { useState } from 'react'
import { customerEntity } from '../../../src-shared/features/customers/entity.ts'
import type { MergeSide } from '../../../src-shared/features/merges/model.ts'
import type { MergeLine } from '../../../src-shared/features/merges/rules.ts'
import { type FieldDescriptor, findField, valueIn } from '../../../src-shared/kernel/entity.ts'
import { Chip } from '../../components/marks.tsx'
import { useClock } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { shownValue } from '../duplicates/public.ts'
import { useEntity } from '../fields/public.ts'
import { countsText, hangingOn } from './counts.ts'
import { text } from './text.ts'
import type { Choices } from './useMerge.ts'

const HEAD_PX = 104
const COLUMN_PX = { desk: 220, phone: 150 } as const
type TableProps = { sides: readonly MergeSide[]; choices: Choices }

/** Fields down, customers across, a choice in each cell. */
export function MergeTable({ sides, choices }: TableProps) {
  const t = useText(text)
  const [isOpen, setOpen] = useState(false)
  const column = COLUMN_PX[useIsPhone() ? 'phone' : 'desk']
  const differing = choices.lines.filter(({ differs }) => differs)
  const same = choices.lines.filter(({ differs }) => !differs)
  return (
    <div className="merge-frame">
      <table className="merge-table" style={{ minWidth: HEAD_PX + column * sides.length }}>
        <thead>
          <tr>
            <th aria-label={t('field')} />
            {sides.map((side) => (
              <th key={side.customer.id} scope="col" className={side.customer.id === choices.survivorId ? 'kept' : undefined}>
                <SideHead side={side} choices={choices} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <GroupRow span={sides.length + 1} word={t('differing', { n: differing.length })} />
          {differing.map((line) => (
            <Line key={line.key} line={line} sides={sides} choices={choices} />
          ))}
          {same.length > 0 && (
            <GroupRow span={sides.length + 1} word={t('same', { n: same.length })}>
              <button type="button" className="bare tbrand s12" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                {t(isOpen ? 'hideSame' : 'showSame')}
              </button>
            </GroupRow>
          )}
          {isOpen && same.map((line) => <Line key={line.key} line={line} sides={sides} choices={choices} />)}
        </tbody>
      </table>
    </div>
  )
}

function GroupRow({ span, word, children }: { span: number; word: string; children?: React.ReactNode }) {
  return (
    <tr className="merge-group">
      <th scope="colgroup" colSpan={span}>
        <span className="row g8">
          {word}
          {children}
        </span>
      </th>
    </tr>
  )
}

function SideHead({ side, choices }: { side: MergeSide; choices: Choices }) {
  const t = useText(text)
  const { customer, mayGoUp } = side
  const isKept = customer.id === choices.survivorId
  return (
    <div className="merge-head">
      <Link to={`/customers/${customer.id}` as string} className="link b lit merge-name" title={customer.name}>
        {customer.name}
      </Link>
      <span className="t3 s12">{customer.ownerName ? t('owner', { name: customer.ownerName }) : t('nobody')}</span>
      <span className="t3 s12 num">{countsText(hangingOn([side]), t)}</span>
      <Radio name="survivor" checked={isKept} disabled={choices.isBlocked} onChange={() => choices.keep(customer.id)}>
        {isKept ? <b>{t('kept')}</b> : t('keepThis')}
      </Radio>
      {!mayGoUp && <span className="s12 twarn">{t('cannotGoUp')}</span>}
    </div>
  )
}

function Line({ line, sides, choices }: TableProps & { line: MergeLine }) {
  const t = useText(text)
  const entity = useEntity(customerEntity)
  const field = findField(entity, line.key)
  const chosen = choices.chosen[line.key]
  const word = line.keys.length > 1 ? t('address') : (field?.label ?? fieldWord('customers', line.key))
  return (
    <tr>
      <th scope="row" className="t3">
        {word}
      </th>
      {sides.map((side) => (
        <td key={side.customer.id} className={chosen === side.customer.id ? 'chosen' : undefined}>
          {line.differs ? (
            <Radio
              name={line.key}
              checked={chosen === side.customer.id}
              onChange={() => choices.choose(line, side.customer.id)}
              className="merge-cell"
            >
              <Shown side={side} line={line} field={field} />
            </Radio>
          ) : (
            <Shown side={side} line={line} field={field} />
          )}
        </td>
      ))}
    </tr>
  )
}

function Shown({ side: { customer }, line, field }: { side: MergeSide; line: MergeLine; field: FieldDescriptor | undefined }) {
  const t = useText(text)
  const clock = useClock()
  const words = { yes: t('yesWord'), no: t('noWord'), separator: t('listSeparator') }
  const plain = (key: string): string => {
    if (key === 'ownerId') return customer.ownerName ?? ''
    const value = (valueIn(customer, key) ?? null) as Parameters<typeof shownValue>[1]
    const choice = field?.choices?.find((one) => one.value === value)
    if (choice) return choice.label
    return shownValue(
      { feature: 'customers', field: key, label: field?.label ?? null, type: field?.type ?? 'text' },
      value,
      clock,
      words,
    )
  }
  const value = line.keys
    .map(plain)
    .filter((part) => part !== '')
    .join(line.keys.length > 1 ? ' ' : '')
  return (
    <span className="merge-value">
      {value === '' ? <span className="t3">{t('empty')}</span> : <span className="lit num">{value}</span>}
      {line.differs && line.hint?.id === customer.id && (
        <Chip tone={line.hint.why === 'onlyOne' ? 'ok' : 'info'}>{t(line.hint.why)}</Chip>
      )}
    </span>
  )
}
