import { DownloadOutlined, EditOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Leftovers } from '../../../src-shared/features/imports/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { currentLanguage, useText } from '../../kernel/text.ts'
import type { StepProps } from './ImportLayout.tsx'
import { whereTheyAre } from './leftovers.ts'
import { text } from './text.ts'
import { useFailedRows } from './useFailedRows.ts'

type Props = Pick<StepProps, 'detail' | 'steps'>

/** Rows that were not imported: saved with their reasons for Excel, mended here and imported again; afterwards, how many are still left. */
export function FailedRows({ detail, steps }: Props) {
  const found = useQuery(useApi().imports.leftovers.queryOptions({ input: { id: detail.id }, staleTime: 0 }))
  if (found.isPending) return <div className="imp-actions imp-leftovers" />
  return found.data?.last ? <Since found={found.data} last={found.data.last} /> : <Untouched detail={detail} steps={steps} />
}

/** They were laid ready again: what became of them, and the way to where they are. */
function Since({ found: { failed, left }, last }: { found: Leftovers; last: NonNullable<Leftovers['last']> }) {
  const t = useText(text)
  const navigate = useNavigate()
  // A phone shows the check but changes nothing in it.
  const isPhone = useIsPhone()
  const where = whereTheyAre(last.state, left)
  const n = formatNumber(left)
  const go = () => void navigate({ to: `/imports/${last.id}`, ...(where === 'mending' && { search: { step: 3 } }) } as never)
  const said = t(`left_${where}`, { failed: formatNumber(failed), done: formatNumber(failed - left), n })
  if (where === 'settled')
    return (
      <div className="row imp-actions imp-leftovers">
        <span className="t3 s12">{said}</span>
        <Button type="link" size="small" onClick={go}>
          {t('seeMended')}
        </Button>
      </div>
    )
  return (
    <div className="col g6 imp-actions imp-leftovers">
      <div className="row g8">
        <Button icon={where === 'mending' && !isPhone ? <EditOutlined /> : <RightOutlined />} onClick={go}>
          {t(isPhone && where === 'mending' ? 'leftGo_some' : `leftGo_${where}`, { n })}
        </Button>
      </div>
      <span className="twarn s12">{said}</span>
    </div>
  )
}

function Untouched({ detail, steps }: Props) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const failedRows = useFailedRows(detail.id)
  // A phone shows the check but changes nothing in it.
  const mayMend = detail.state === 'done' && !isPhone
  const n = formatNumber(detail.counts.failed)
  const again = () =>
    steps.again.mutate(
      { id: detail.id, language: currentLanguage() },
      {
        onSuccess: ({ id }) => {
          // Its own page goes on: the check is begun, and shown as soon as it is there.
          steps.prepare.mutate({ id }, { onSuccess: () => void navigate({ to: `/imports/${id}`, search: { step: 3 } } as never) })
        },
      },
    )
  return (
    <div className="col g6 imp-actions imp-leftovers">
      <div className="row g8">
        {mayMend && (
          <Button icon={<EditOutlined />} loading={steps.again.isPending || steps.prepare.isPending} onClick={again}>
            {t('mendN', { n })}
          </Button>
        )}
        <Button icon={<DownloadOutlined />} loading={failedRows.isPending} onClick={() => failedRows.mutate()}>
          {t('downloadN', { n })}
        </Button>
      </div>
      <span className="t3 s12">{t(mayMend ? 'failedRows' : 'failedRowsSaved', { n })}</span>
    </div>
  )
}
