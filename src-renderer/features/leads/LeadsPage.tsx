import './leads.css'
import { useState } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, useRecordList } from '../lists/public.ts'
import { OwnerText, ResponseText, StatusText, useLeadColumns } from './columns.tsx'
import { useLeadViews } from './systemViews.ts'
import { text } from './text.ts'
import { useBulk } from './useBulk.tsx'
import { useLeadEdits } from './useLeadEdits.ts'

const LeadPanel = later(() => import('./LeadPanel.tsx').then((module) => module.LeadPanel))
const LeadDrawer = later(() => import('./LeadDrawer.tsx').then((module) => module.LeadDrawer))
const BulkDialogs = later(() => import('./BulkDialogs.tsx').then((module) => module.BulkDialogs))

const pageOf = ({ id }: Lead) => `/leads/${id}`

/** 线索: everybody who asked, in one list with views, and the record at its side. */
export function LeadsPage() {
  const t = useText(text)
  const records = useRecordList<Lead>({
    entity: leadEntity,
    to: '/leads',
    system: useLeadViews(),
    columns: useLeadColumns(),
    calls: useApi().leads,
    exports: ['leads.export'],
    pageOf,
  })
  const [creating, setCreating] = useState(false)
  const { actions, dialog } = useBulk(records)
  const create = () => setCreating(true)
  const making = { id: 'leads.create', label: t('newLead'), pinyin: 'xin jian xian suo', group: t('leads'), run: create }
  return (
    <ListPage
      records={records}
      names={{ one: t('lead'), many: t('leads') }}
      words={t}
      making={useCan('leads.create') ? making : undefined}
      imports={<ImportButton kind="lead" />}
      bulk={actions}
      edits={useLeadEdits()}
      describe={describe}
      panel={(at) => <LeadPanel {...at} />}
    >
      {creating && <LeadDrawer onClose={() => setCreating(false)} onTakeBack={records.beside.closeIf} />}
      {dialog && <BulkDialogs n={records.n} {...dialog} />}
    </ListPage>
  )
}

const describe = (row: Lead) => ({
  title: row.name,
  facts: [<StatusText key="status" row={row} />, <OwnerText key="owner" row={row} />, row.sourceName].filter(Boolean),
  state: <ResponseText row={row} />,
})
