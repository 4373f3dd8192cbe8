import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { Dash, InstantText, RelativeTime } from '../../components/values.tsx'
import { fieldRightOf, useClock, useMe } from '../../kernel/context.tsx'
import { formatInstant } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { OwnerText, ResponseText } from './columns.tsx'
import { text } from './text.ts'
import { isOpen } from './words.ts'

/** The strip of six; only what one may see. */
export function useFigures(row: Lead): Figure[] {
  const t = useText(text)
  const me = useMe()
  const clock = useClock()
  const label = (key: string) => fieldWord('leads', key)
  const all: Figure[] = [
    {
      key: 'responseSeconds',
      label: label('responseSeconds'),
      value: <ResponseText row={row} bare />,
      note: row.firstFollowUpAt
        ? t('answeredAt', { at: formatInstant(row.firstFollowUpAt, clock) })
        : isOpen(row) && t('notAnswered'),
    },
    {
      key: 'arrivedAt',
      label: label('arrivedAt'),
      value: <InstantText at={row.arrivedAt} />,
      note: row.sourceName && t('from', { source: row.sourceName }),
    },
    { key: 'ownerId', label: label('ownerId'), value: <OwnerText row={row} />, note: null },
    { key: 'lastFollowUpAt', label: label('lastFollowUpAt'), value: <RelativeTime at={row.lastFollowUpAt} /> },
    {
      key: 'nextFollowUpAt',
      label: label('nextFollowUpAt'),
      value: row.nextFollowUpAt ? <InstantText at={row.nextFollowUpAt} late={isOpen(row)} /> : <Dash />,
      note: row.nextFollowUpAt || !isOpen(row) ? null : t('noNext'),
    },
    row.status === 'invalid'
      ? {
          key: 'invalidReasonId',
          label: label('invalidReasonId'),
          value: row.invalidReasonName ?? <Dash />,
          note: row.invalidNote,
        }
      : { key: 'campaign', label: label('campaign'), value: row.campaign ?? <Dash /> },
  ]
  return all.filter(({ key }) => fieldRightOf(me, 'lead', key) !== 'hidden')
}
