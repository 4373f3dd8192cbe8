import { FilterOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { Suspense, useState } from 'react'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import type { FilterBuilderProps } from './FilterBuilder.tsx'
import { countRules } from './count.ts'
import { text } from './text.ts'

const FilterBuilder = later(() => import('./FilterBuilder.tsx').then((module) => module.FilterBuilder))

const BuilderSheet = later(() => import('./BuilderSheet.tsx').then((module) => module.BuilderSheet))

type FilterButtonProps = Omit<FilterBuilderProps, 'onDone'> & {
  /** Quick filters stand beside it; on a phone their one button has all of it. */
  hasQuick?: boolean | undefined
}

/** 筛选 5: opens the builder over the list; on a phone as a sheet from the bottom. */
export function FilterButton({ hasQuick = false, ...props }: FilterButtonProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [open, setOpen] = useState(false)
  const n = countRules(props.filter)
  if (isPhone && hasQuick) return null
  const builder = (
    <Suspense fallback={<div className="fbuilder" />}>
      <FilterBuilder
        {...props}
        onSaveView={
          props.onSaveView &&
          (() => {
            setOpen(false)
            props.onSaveView?.()
          })
        }
        onDone={() => setOpen(false)}
      />
    </Suspense>
  )
  const button = (
    <button
      type="button"
      className={`tool${n > 0 || open ? ' on' : ''}`}
      aria-expanded={open}
      {...(isPhone && { 'aria-label': t('filters') })}
      onClick={() => setOpen(!open)}
    >
      <FilterOutlined />
      <span className="tool-word">{t('filters')}</span>
      {n > 0 && <span className="num">{n}</span>}
    </button>
  )
  if (isPhone)
    return (
      <>
        {button}
        <Suspense>
          {open && (
            <BuilderSheet title={t('title')} onClose={() => setOpen(false)}>
              {builder}
            </BuilderSheet>
          )}
        </Suspense>
      </>
    )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      rootClassName="fbuilder-pop"
      content={builder}
    >
      {button}
    </Popover>
  )
}
