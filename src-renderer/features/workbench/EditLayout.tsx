import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import { LAID, type Laid, placesOf } from '../../../src-shared/features/workbench/places.ts'
import { IconButton } from '../../components/page.tsx'
import { Sortable } from '../../components/Sortable.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { KNOWN } from './known.ts'
import { type WorkbenchWord, text } from './text.ts'

type Places = { key: string; shown: boolean }[]

/** 编辑布局: each part is dragged or moved by keys, and hidden or shown; seen at once behind the drawer, kept with one's account. */
export function EditLayout({ layout, onClose }: { layout: BenchLayout; onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const isPhone = useIsPhone()
  const [now, setNow] = useState(layout)
  const { mutate, error, isPending } = useMutation(api.workbench.arrange.mutationOptions({ meta: { shown: true } }))
  const keep = (next: BenchLayout) => {
    setNow(next)
    cache.setQueryData(api.workbench.layout.queryKey({ input: {} }), next)
    mutate(next)
  }
  const isStandard = Object.keys(now).length === 0
  return (
    <Drawer
      open
      size={isPhone ? '100%' : 380}
      mask={false}
      title={t('editLayout')}
      onClose={onClose}
      footer={
        <div className="row g8">
          <Button type="text" disabled={isStandard || isPending} onClick={() => keep({})}>
            {t('resetLayout')}
          </Button>
          <span className="grow" />
          <Button type="primary" onClick={onClose}>
            {t('doneLayout')}
          </Button>
        </div>
      }
    >
      <p className="t3 s12 wb-edit-hint">{t('layoutHint')}</p>
      {error && (
        <p className="field-error" role="alert">
          {failureText(error, 'workbench')}
        </p>
      )}
      {LAID.map((part) => (
        <Part
          key={part}
          part={part}
          places={placesOf(now[part], KNOWN[part])}
          onPlaces={(places) => keep({ ...now, [part]: places })}
        />
      ))}
    </Drawer>
  )
}

function Part({ part, places, onPlaces }: { part: Laid; places: Places; onPlaces: (places: Places) => void }) {
  const t = useText(text)
  const turn = (key: string) => onPlaces(places.map((one) => (one.key === key ? { ...one, shown: !one.shown } : one)))
  return (
    <section className="wb-edit" aria-label={t(`part_${part}`)}>
      <h3 className="sec">{t(`part_${part}`)}</h3>
      <Sortable items={places} idOf={({ key }) => key} onMove={onPlaces}>
        {({ key, shown }, handle) => {
          const name = t(key as WorkbenchWord)
          return (
            <div className={`wb-edit-line${shown ? '' : ' off'}`}>
              {handle}
              <span className="grow el">{name}</span>
              <IconButton
                small
                icon={shown ? <EyeOutlined /> : <EyeInvisibleOutlined />}
                title={t(shown ? 'hideCard' : 'showCard', { name })}
                onClick={() => turn(key)}
              />
            </div>
          )
        }}
      </Sortable>
    </section>
  )
}
