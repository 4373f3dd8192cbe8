import { Button } from 'antd'
import { useMemo } from 'react'
import type { BinKind, BinRow } from '../../../src-shared/features/recycle-bin/model.ts'
import { Chip } from '../../components/marks.tsx'
import type { Column } from '../../components/table/columns.ts'
import { Dash, RelativeTime } from '../../components/values.tsx'
import { optionWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { type BinWord, text } from './text.ts'

type T = Translate<BinWord>
const SOON_DAYS = 7

/** Words of a conversation stand in one line. */
export const titleOf = ({ kind, title }: BinRow): string => (kind === 'followUp' ? title.replaceAll(/\s+/g, ' ') : title)

function Title({ row }: { row: BinRow }) {
  const { kind, note } = row
  return (
    <span className="row g6 name-cell">
      {kind === 'followUp' && note && <Chip>{optionWord('followUps', 'kind', note)}</Chip>}
      <span className="name-link el" title={row.title}>
        {titleOf(row)}
      </span>
      {(kind === 'contact' || kind === 'product' || kind === 'lead') && note && <span className="t3 el">{note}</span>}
    </span>
  )
}

function Left({ row, t }: { row: BinRow; t: T }) {
  const { daysLeft } = row
  if (daysLeft === null) return <Dash />
  const tone = daysLeft <= SOON_DAYS ? 'num twarn' : 'num'
  return <span className={tone}>{daysLeft === 0 ? t('today') : t('days', { n: daysLeft })}</span>
}

function Customer({ row, t }: { row: BinRow; t: T }) {
  return (
    <span className="row g6">
      {row.customerName === null ? <Dash /> : <span className="el">{row.customerName}</span>}
      {row.bar && <Chip tone="warn">{t(row.bar)}</Chip>}
    </span>
  )
}

type RestoreOne = (row: BinRow) => Promise<void>
function Back({ row, t, onRestore }: { row: BinRow; t: T; onRestore: RestoreOne }) {
  if (!row.mayRestore || row.bar === 'hostDeleted') return null
  return (
    <Button
      size="small"
      type="text"
      className="row-act"
      onClick={(event) => {
        event.stopPropagation()
        // The second click of a double click would tell of something that is no longer here.
        if (event.detail <= 1) void onRestore(row)
      }}
    >
      {t(row.bar === 'customerDeleted' ? 'restoreTogether' : 'restore')}
    </Button>
  )
}

export function useBinColumns(kind: BinKind, isTimed: boolean, onRestore: RestoreOne): readonly Column<BinRow>[] {
  const t = useText(text)
  return useMemo(() => {
    const column = (key: string, title: string, width: number, render: Column<BinRow>['render']): Column<BinRow> => ({
      key,
      title,
      width,
      render,
    })
    const person = (name: string | null) => (name === null ? <Dash /> : <span className="el">{name}</span>)
    return [
      {
        ...column('name', t(`name_${kind}`), kind === 'followUp' ? 340 : 240, (row) => <Title row={row} />),
        sticky: true,
        text: titleOf,
      },
      ...(kind === 'customer' || kind === 'product' || kind === 'lead'
        ? []
        : [column('customer', t('ofCustomer'), 280, (row) => <Customer row={row} t={t} />)]),
      ...(kind === 'product' ? [] : [column('owner', t('owner'), 100, (row) => person(row.ownerName))]),
      column('deletedBy', t('deletedBy'), 100, (row) => person(row.deletedBy)),
      { ...column('deletedAt', t('deletedAt'), 108, (row) => <RelativeTime at={row.deletedAt} />), align: 'right' as const },
      ...(isTimed ? [{ ...column('left', t('left'), 84, (row) => <Left row={row} t={t} />), align: 'right' as const }] : []),
      {
        ...column('restore', '', 112, (row) => <Back row={row} t={t} onRestore={onRestore} />),
        align: 'right' as const,
      },
    ]
  }, [t, kind, isTimed, onRestore])
}
