import { useText } from '../kernel/text.ts'
import { confirm } from './confirm.ts'
import { text } from './text.ts'

/** Esc, ✕ and 取消 of a form: what was typed is only thrown away by who says so. */
export function useAskBeforeClose(isDirty: () => boolean, close: () => void): () => void {
  const t = useText(text)
  const ask = async () => {
    const question = { title: t('discardTitle'), body: t('discardBody'), yes: t('discardYes'), danger: true }
    if (!isDirty() || (await confirm(question))) close()
  }
  return () => void ask()
}
