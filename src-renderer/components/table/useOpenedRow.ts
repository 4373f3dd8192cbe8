import { useState } from 'react'

type Opened<Row> = { readonly row: Row; readonly index: number; readonly result: string }
type List = { readonly resultKey: string; readonly total: number | undefined }

/** The row whose panel is open beside a list, and where it stands in it: after another filter it stands nowhere. */
export function useOpenedRow<Row extends { readonly id: string }>({ resultKey, total }: List) {
  const [opened, setOpened] = useState<Opened<Row> | null>(null)
  const [step, setStep] = useState<{ index: number; by: number } | null>(null)
  const isPlaced = opened?.result === resultKey
  return {
    opened,
    step,
    position: opened && isPlaced ? { index: opened.index, total } : null,
    open: (row: Row, index: number) => setOpened({ row, index, result: resultKey }),
    placed: (index: number) =>
      setOpened((old) => (old && (old.index !== index || old.result !== resultKey) ? { ...old, index, result: resultKey } : old)),
    close: () => setOpened(null),
    /** What was just made is taken back: its panel goes with it. */
    closeIf: (row: Row) => setOpened((old) => (old?.row.id === row.id ? null : old)),
    stepBy: (by: number) => {
      if (opened && isPlaced) setStep({ index: opened.index, by })
    },
  }
}
