import { Tabs } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { formatNumber } from '../kernel/format.ts'
import { readJson, writeJson } from '../kernel/preferences.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

export type RecordTab = { key: string; label: string; count?: number | undefined; content: ReactNode }

/** Tabs in one's own order: those known by it first, new ones where they stand. */
export function inOrder<Tab extends { readonly key: string }>(tabs: readonly Tab[], order: readonly string[]): Tab[] {
  const known = order.flatMap((key) => tabs.find((tab) => tab.key === key) ?? [])
  return [...known, ...tabs.filter((tab) => !known.includes(tab))]
}

/** The order with one tab put where another one stands. */
export function movedTo(order: readonly string[], key: string, to: number): string[] {
  const others = order.filter((one) => one !== key)
  return [...others.slice(0, to), key, ...others.slice(to)]
}

/** Whose order it is: of all records of one kind, for this person. */
export function useTabOrder<Tab extends { readonly key: string }>(name: string, tabs: readonly Tab[]) {
  const stored = `record.tabs.${name}`
  const [order, setOrder] = useState(() => readJson<string[]>(stored, []))
  const own = inOrder(tabs, order)
  return {
    tabs: own,
    move: (key: string, to: number) => {
      const next = movedTo(
        own.map((tab) => tab.key),
        key,
        Math.max(0, Math.min(own.length - 1, to)),
      )
      setOrder(next)
      writeJson(stored, next)
    },
  }
}

type RecordTabsProps = {
  tabs: readonly RecordTab[]
  at: string
  onTab: (key: string) => void
  onMove: (key: string, to: number) => void
}

/** Tabs with their counts; dragged, or moved by Alt and an arrow, into another order. */
export function RecordTabs({ tabs, at, onTab, onMove }: RecordTabsProps) {
  const t = useText(text)
  const [dragged, setDragged] = useState<string | null>(null)
  const moveByKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (by === 0 || !event.altKey || !(event.target as Element).closest('[role=tab]')) return
    event.preventDefault()
    event.stopPropagation()
    onMove(at, tabs.findIndex((tab) => tab.key === at) + by)
  }
  return (
    <div className="record-tabs" onKeyDownCapture={moveByKey}>
      <Tabs
        activeKey={at}
        onChange={onTab}
        items={tabs.map((tab, i) => ({
          key: tab.key,
          label: (
            <span
              className={`tab-label${dragged === tab.key ? ' dragged' : ''}`}
              title={t('moveTab')}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', tab.label)
                setDragged(tab.key)
              }}
              onDragEnd={() => setDragged(null)}
              onDragOver={(event) => {
                if (dragged !== null) event.preventDefault()
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged !== null && dragged !== tab.key) onMove(dragged, i)
                setDragged(null)
              }}
            >
              {tab.count ? `${tab.label} ${formatNumber(tab.count)}` : tab.label}
            </span>
          ),
        }))}
      />
    </div>
  )
}
