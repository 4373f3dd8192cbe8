import { BulbOutlined, DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import type { ImportableEntity, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { useApi, useClient } from '../../kernel/context.tsx'
import { saveFile } from '../../kernel/download.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { currentLanguage, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { ImportSteps } from './useImport.ts'

/** The kinds that one may import, each under its word. */
function useKindChoices(): { value: ImportableEntity; label: string }[] {
  const t = useText(text)
  const kinds = useQuery(useApi().imports.kinds.queryOptions({ input: {}, staleTime: 60_000 }))
  return (kinds.data ?? []).map((value) => ({ value, label: t(`kind_${value}`) }))
}

type Chosen = { value: ImportableEntity; onChange: (kind: ImportableEntity) => void }

/** More than these do not stand beside each other on a small screen. */
const AT_A_GLANCE = 8

/** What the file to come holds; who may import one kind only is not asked. */
export function KindPicker({ value, onChange }: Chosen) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const options = useKindChoices()
  if (options.length < 2) return null
  const choice = { value, options, onChange, 'aria-label': t('holds') }
  return (
    <div className="row g8 imp-kinds">
      <span className="t3">{t('holds')}</span>
      {isPhone || options.length > AT_A_GLANCE ? (
        <Select className={isPhone ? 'grow' : 'imp-kind'} showSearch={{ optionFilterProp: 'label' }} {...choice} />
      ) : (
        <Segmented {...choice} />
      )}
    </div>
  )
}

/** Saves a workbook to be filled in, for who has no sheet yet. */
export function TemplateLink({ kind }: { kind: ImportableEntity }) {
  const t = useText(text)
  const client = useClient()
  const template = useMutation({
    mutationKey: [['imports', 'template']],
    mutationFn: () => client.imports.template({ entity: kind, language: currentLanguage() }),
    onSuccess: saveFile,
  })
  return (
    <div className="row imp-template">
      <span className="t3">{t('noSheetYet')}</span>
      <Button type="link" size="small" icon={<DownloadOutlined />} loading={template.isPending} onClick={() => template.mutate()}>
        {t(`template_${kind}`)}
      </Button>
    </div>
  )
}

type OfImport = { detail: ImportDetail; steps: ImportSteps }

/** The kind of an import that has not begun to write, to be changed. */
export function KindOfImport({ detail, steps }: OfImport) {
  const t = useText(text)
  const options = useKindChoices()
  if (options.length < 2) return null
  return (
    <span className="row g8">
      <span className="t3">{t('holds')}</span>
      <Select
        size="small"
        aria-label={t('holds')}
        value={detail.entity}
        loading={steps.setKind.isPending}
        style={{ minWidth: 116 }}
        options={options}
        onChange={(entity) => steps.setKind.mutate({ id: detail.id, entity })}
      />
    </span>
  )
}

/** Says that the headers speak of another kind, and brings the file in as that by one click. */
export function KindOffer({ detail, steps }: OfImport) {
  const t = useText(text)
  const { id, looksLike } = detail
  if (looksLike === null) return null
  return (
    <div className="row g8 imp-offer" role="status">
      <BulbOutlined className="imp-lamp" />
      <span>{t('looksLike', { kind: t(`kind_${looksLike}`) })}</span>
      <Button size="small" loading={steps.setKind.isPending} onClick={() => steps.setKind.mutate({ id, entity: looksLike })}>
        {t('importAs', { kind: t(`kind_${looksLike}`) })}
      </Button>
    </div>
  )
}
