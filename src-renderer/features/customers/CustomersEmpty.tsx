import { ExperimentOutlined, FileExcelOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { EmptyState } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'

/** No customer yet: the import as the one big thing. */
export function CustomersEmpty({ onCreate }: { onCreate: () => void }) {
  const t = useText(text)
  const navigate = useNavigate()
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  const mayCreate = useCan('customers.create')
  const maySample = useCan('settings.manage')
  const sample = useMutation(
    useApi().setup.addSampleData.mutationOptions({
      onSuccess: ({ customers }) => toast(t('sampleAdded', { n: formatNumber(customers) })),
    }),
  )
  const links = (
    <>
      {mayCreate && (
        <Button type="text" icon={<PlusOutlined />} onClick={onCreate}>
          {t('addOne')}
        </Button>
      )}
      {maySample && (
        <Button type="text" icon={<ExperimentOutlined />} loading={sample.isPending} onClick={() => sample.mutate({})}>
          {t('trySample')}
          <span className="t3">{t('sampleNote')}</span>
        </Button>
      )}
    </>
  )
  return (
    <EmptyState title={t('emptyTitle')} hint={mayImport ? t('emptyHint') : undefined} links={links}>
      {mayImport && (
        <div className="drop">
          <FileExcelOutlined className="drop-icon" />
          <div className="b s14">{t('emptyDrop')}</div>
          <div className="t3 s12">{t('emptyFormats')}</div>
          <Button
            type="primary"
            size="large"
            icon={<ImportOutlined />}
            className="gap-above"
            onClick={() => void navigate({ to: '/imports' })}
          >
            {t('import')}
          </Button>
        </div>
      )}
    </EmptyState>
  )
}
