import { PlusOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useRef, useState } from 'react'
import { CUSTOMIZABLE, type CustomizableEntity } from '../../../src-shared/features/fields/model.ts'
import type { ImportColumn, ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { useCan } from '../../kernel/context.tsx'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { NewFieldForm } from '../fields/forms.ts'
import { text } from './text.ts'
import { useImportSteps } from './useImport.ts'

/** A column that no field takes becomes one: name and kind are proposed by its header and its cells. */
export function NewFieldOffer({ column, detail }: { column: ImportColumn; detail: ImportDetail }) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const mayManage = useCan('fields.manage')
  const { setMapping } = useImportSteps(detail.id)
  const entities = CUSTOMIZABLE.filter((entity) => detail.targets.some((target) => target.entity === entity))
  const first = entities.find((entity) => entity === detail.entity) ?? entities[0]
  const { proposal } = column
  if (!mayManage || !proposal || !first || column.target) return null
  const wordOf = (entity: CustomizableEntity): string =>
    sliceWord(detail.targets.find((target) => target.entity === entity)?.feature ?? entity, `entity.${entity}`) ?? entity
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={
        <NewFieldForm
          draft={{ ...proposal, entity: first }}
          entities={entities.length > 1 ? entities.map((value) => ({ value, label: wordOf(value) })) : undefined}
          onCancel={() => setOpen(false)}
          onMade={({ entity, key }) => {
            setOpen(false)
            const line = button.current?.closest('.imp-line')
            setMapping.mutate(
              { id: detail.id, columns: [{ index: column.index, target: { entity, field: key } }] },
              // The button is gone by then: the keyboard goes on at the column, not at the top of the page.
              { onSuccess: () => void setTimeout(() => line?.querySelector<HTMLElement>('.imp-field input')?.focus()) },
            )
          }}
        />
      }
    >
      <Button
        ref={button}
        type="link"
        size="small"
        icon={<PlusOutlined />}
        loading={setMapping.isPending}
        aria-label={`${column.header || column.letter} ${t('newField')}`}
      >
        {t('newField')}
      </Button>
    </Popover>
  )
}
